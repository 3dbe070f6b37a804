/** 草稿的改动，只送改了的。 */

import type { Assignee, AssigneeRole, DutyDraft, ImportRow } from "@/api/types";

export interface AssigneePatch {
  text: string;
  role: AssigneeRole;
  unit_ids: string[];
  decided?: boolean;
}

export interface RowPatch {
  position: number;
  category?: string;
  title?: string;
  content?: string;
  assignees?: AssigneePatch[];
  due?: ImportRow["due"];
  duties?: Omit<DutyDraft, "position">[];
}

export interface ImportPatch {
  title?: string;
  year?: number;
  document_no?: string | null;
  issued_on?: string | null;
  rows?: RowPatch[];
}

export function isOpen(assignee: Assignee): boolean {
  return !assignee.decided && assignee.state !== "matched" && assignee.state !== "group";
}

/** 正文切成句读，供挑一句作要求。 */
export function clauses(content: string): { text: string; start: number; end: number }[] {
  const chars = [...content];
  const found: { text: string; start: number; end: number }[] = [];
  let start = 0;
  chars.forEach((char, at) => {
    if (!"。；;，,".includes(char) && at !== chars.length - 1) return;
    const end = "。；;，,".includes(char) ? at : at + 1;
    const text = chars.slice(start, end).join("");
    if (text.trim().length >= 4) found.push({ text, start, end });
    start = at + 1;
  });
  return found;
}

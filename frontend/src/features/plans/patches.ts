/** 草稿的改动，只送改了的。 */

import type { Assignee, AssigneeRole, DutyDraft, ImportRow, PlanImport } from "@/api/types";

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

export interface OpenPhrase {
  text: string;
  state: Assignee["state"];
  note: string | null;
  candidates: Assignee["candidates"];
  unit_ids: string[];
  rows: ImportRow[];
}

/** 还没定的措辞：同一写法归到一处，定一次就行。 */
export function openPhrases(draft: PlanImport): OpenPhrase[] {
  const phrases = new Map<string, OpenPhrase>();
  for (const row of draft.rows) {
    for (const assignee of row.assignees) {
      if (!isOpen(assignee)) continue;
      const { text, state, note, candidates, unit_ids } = assignee;
      const phrase = phrases.get(text) ?? { text, state, note, candidates, unit_ids, rows: [] };
      phrase.rows.push(row);
      phrases.set(text, phrase);
    }
  }
  return [...phrases.values()];
}

/** 把一种写法在选中的各行里定为这些单位（可以一个都不指）。 */
export function decide(rows: readonly ImportRow[], text: string, unitIds: readonly string[]): RowPatch[] {
  return rows.map((row) => ({
    position: row.position,
    assignees: row.assignees.map((assignee) => ({
      text: assignee.text,
      role: assignee.role,
      ...(assignee.text === text ? { unit_ids: [...unitIds], decided: true } : { unit_ids: assignee.unit_ids }),
    })),
  }));
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

/** 填报草稿：页面上的内容、与服务器的差别、他人同时改过时怎么合。纯函数。 */

import type { Clash } from "@/api/keeper";
import type { Claim, Submission } from "@/api/types";

export const TEXT_FIELDS = ["progress", "measures", "problems", "next_steps"] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

export const FIELD_LABELS: Record<TextField, string> = {
  progress: "进展情况",
  measures: "工作措施",
  problems: "存在问题",
  next_steps: "下步打算",
};

export interface Draft {
  texts: Record<TextField, string>;
  /** 要求编号 → 申报。 */
  claims: Record<string, Claim>;
  /** 佐证编号 → 证明哪几条要求；次序即键的次序。 */
  evidence: Record<string, string[]>;
  /** 退回要点编号 → 答复。 */
  answers: Record<string, string>;
}

export function draftOf(submission: Submission): Draft {
  return {
    texts: {
      progress: submission.progress,
      measures: submission.measures,
      problems: submission.problems,
      next_steps: submission.next_steps,
    },
    claims: Object.fromEntries(submission.claims.map(({ duty_id, outcome, value, done_on, note, difference_reason }) => [duty_id, { duty_id, outcome, value, done_on, note, difference_reason }])),
    evidence: Object.fromEntries(submission.evidence.map((item) => [item.id, [...item.duty_ids].sort()])),
    answers: Object.fromEntries(submission.points.map((point) => [point.id, point.answer ?? ""])),
  };
}

export interface DraftPatch {
  progress?: string;
  measures?: string;
  problems?: string;
  next_steps?: string;
  claims?: Claim[];
  evidence?: { evidence_id: string; duty_ids: string[] }[];
  answers?: { point_id: string; answer: string }[];
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** 只送改了的；没改返回 null。 */
export function patchOf(base: Draft, draft: Draft): DraftPatch | null {
  const patch: DraftPatch = {};
  for (const field of TEXT_FIELDS) if (draft.texts[field] !== base.texts[field]) patch[field] = draft.texts[field];
  if (!same(base.claims, draft.claims)) patch.claims = Object.values(draft.claims);
  if (!same(base.evidence, draft.evidence)) {
    patch.evidence = Object.entries(draft.evidence).map(([evidence_id, duty_ids]) => ({ evidence_id, duty_ids }));
  }
  const answers = Object.entries(draft.answers).filter(([id, answer]) => answer !== (base.answers[id] ?? "") && answer.trim() !== "");
  if (answers.length > 0) patch.answers = answers.map(([point_id, answer]) => ({ point_id, answer }));
  return Object.keys(patch).length > 0 ? patch : null;
}

export interface Merge {
  draft: Draft;
  clashes: Clash[];
}

/** 三方合并：只有一边改过的取改过的；两边都改且不同的，先留我的，列出来让人选。 */
export function mergeDrafts(base: Draft, mine: Draft, theirs: Draft, dutyText: (id: string) => string): Merge {
  const clashes: Clash[] = [];
  const pick = <T>(key: string, label: string, parts: { base: T; mine: T; theirs: T }, show: (value: T) => string): T => {
    if (same(parts.mine, parts.theirs) || same(parts.base, parts.mine)) return parts.theirs;
    if (!same(parts.base, parts.theirs)) clashes.push({ key, label, mine: show(parts.mine), theirs: show(parts.theirs) });
    return parts.mine;
  };
  const texts = { ...mine.texts };
  for (const field of TEXT_FIELDS) {
    texts[field] = pick(`texts.${field}`, FIELD_LABELS[field], { base: base.texts[field], mine: mine.texts[field], theirs: theirs.texts[field] }, (text) => text);
  }
  const maps = <T>(name: "claims" | "evidence" | "answers", label: (id: string) => string, show: (value: T | undefined) => string): Record<string, T> => {
    const out: Record<string, T> = {};
    const [from, ours, others] = [base[name], mine[name], theirs[name]] as unknown as Record<string, T>[];
    for (const id of new Set([...Object.keys(others ?? {}), ...Object.keys(ours ?? {})])) {
      const value = pick(`${name}.${id}`, label(id), { base: from?.[id], mine: ours?.[id], theirs: others?.[id] }, show);
      if (value !== undefined) out[id] = value;
    }
    return out;
  };
  return {
    draft: {
      texts,
      claims: maps<Claim>("claims", (id) => `要求：${dutyText(id)}`, showClaim),
      evidence: maps<string[]>("evidence", () => "佐证所对应的要求", (ids) => (ids ? ids.map(dutyText).join("；") || "未指明要求" : "（已去掉）")),
      answers: maps<string>("answers", () => "对退回要点的答复", (text) => text ?? ""),
    },
    clashes,
  };
}

/** 人选了“用他的”，把那几处换过来。 */
export function adopt(draft: Draft, theirs: Draft, keys: readonly string[]): Draft {
  const next: Draft = { texts: { ...draft.texts }, claims: { ...draft.claims }, evidence: { ...draft.evidence }, answers: { ...draft.answers } };
  for (const key of keys) {
    const dot = key.indexOf(".");
    const part = key.slice(0, dot) as keyof Draft;
    const id = key.slice(dot + 1);
    const target = next[part] as Record<string, unknown>;
    const value = (theirs[part] as Record<string, unknown>)[id];
    if (value === undefined) delete target[id];
    else target[id] = value;
  }
  return next;
}

export const OUTCOMES = [
  { id: "met", label: "已完成" },
  { id: "partly", label: "部分完成" },
  { id: "not_met", label: "未完成" },
  { id: "ongoing", label: "持续推进" },
  { id: "not_applicable", label: "不涉及" },
] as const;

export function outcomeWords(outcome: Claim["outcome"]): string {
  return OUTCOMES.find((item) => item.id === outcome)?.label ?? outcome;
}

function showClaim(claim: Claim | undefined): string {
  if (!claim) return "（未申报）";
  return [outcomeWords(claim.outcome), claim.value === null ? "" : `数值 ${claim.value}`, claim.done_on ?? "", claim.note ?? "", claim.difference_reason ?? ""].filter(Boolean).join("，");
}

/** 年度报告的草稿：页面上的内容、与服务器的差别、他人同时改过时怎么合。纯函数。 */

import type { Clash, Keeper, Shape } from "@/api/keeper";
import type { AnnualReport, ReportForm, ReportPatch } from "@/api/types";

import { entriesOf, isSound, type Entries } from "./figures";

export const PARTS = ["overview", "problems", "other"] as const;
export type Part = (typeof PARTS)[number];

export const PART_LABELS: Record<Part, string> = { overview: "一、总体情况", problems: "五、存在的主要问题及改进情况", other: "六、其他需要报告的事项" };

export interface ReportDraft {
  /** 格 → 写在格里的字；锁住的格不在内。 */
  figures: Entries;
  sections: Record<Part, string>;
  /** 第一部分所述的数。 */
  facts: Readonly<Record<string, string>>;
  /** 退回要点编号 → 答复。 */
  answers: Readonly<Record<string, string>>;
}

export type ReportKeeper = Keeper<AnnualReport, ReportDraft, ReportPatch>;

const FACT = /^\d{1,9}$/;

export function draftOf(report: AnnualReport): ReportDraft {
  const locked = new Set(report.locked.map(({ cell }) => cell));
  return {
    figures: Object.fromEntries(Object.entries(entriesOf(report.figures)).filter(([cell]) => !locked.has(cell))),
    sections: { overview: report.sections.overview.text, problems: report.sections.problems.text, other: report.sections.other.text },
    facts: Object.fromEntries(report.facts.flatMap(({ key, value }) => (value === null ? [] : [[key, String(value)]]))),
    answers: Object.fromEntries(report.points.flatMap(({ id, answer }) => (answer === null ? [] : [[id, answer]]))),
  };
}

/** 每一格、每一项怎么看待、叫什么。 */
export interface Naming {
  form: ReportForm;
  labels: ReadonlyMap<string, string>;
}

export function isFact(text: string): boolean {
  return FACT.test(text);
}

function changed(base: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): [key: string, text: string][] {
  return [...new Set([...Object.keys(base), ...Object.keys(now)])].filter((key) => (base[key] ?? "") !== (now[key] ?? "")).map((key) => [key, now[key] ?? ""]);
}

/** 写的不是数的格，送不出去，留在页面上等人改。 */
export function unsound({ form }: Naming, draft: ReportDraft): string[] {
  return [...Object.entries(draft.figures).filter(([cell, text]) => text !== "" && !isSound(form, cell, text)), ...Object.entries(draft.facts).filter(([, text]) => text !== "" && !isFact(text))].map(([key]) => key);
}

export function patchOf({ form }: Naming, base: ReportDraft, draft: ReportDraft): ReportPatch | null {
  const kinds = new Map(form.cells.map((cell) => [cell.key, cell.kind]));
  const figures: Record<string, number | string | null> = {};
  for (const [cell, text] of changed(base.figures, draft.figures)) {
    if (text === "") figures[cell] = null;
    else if (isSound(form, cell, text)) figures[cell] = kinds.get(cell) === "money" ? text : Number(text);
  }
  const facts: Record<string, number | null> = {};
  for (const [key, text] of changed(base.facts, draft.facts)) {
    if (text === "") facts[key] = null;
    else if (isFact(text)) facts[key] = Number(text);
  }
  const sections = Object.fromEntries(changed(base.sections, draft.sections));
  const answers = changed(base.answers, draft.answers).flatMap(([point_id, answer]) => (answer.trim() === "" ? [] : [{ point_id, answer }]));
  const patch = { figures, facts, sections, answers };
  const said = Object.entries(patch).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0));
  return said.length > 0 ? (Object.fromEntries(said) as unknown as ReportPatch) : null;
}

function mergeMap(name: string, texts: { base: Readonly<Record<string, string>>; mine: Readonly<Record<string, string>>; theirs: Readonly<Record<string, string>> }, label: (key: string) => string, clashes: Clash[]): Record<string, string> {
  const result: Record<string, string> = { ...texts.theirs };
  for (const [key, mine] of changed(texts.base, texts.mine)) {
    const theirs = texts.theirs[key] ?? "";
    if (theirs !== mine && theirs !== (texts.base[key] ?? "")) clashes.push({ key: `${name}:${key}`, label: label(key), mine, theirs });
    result[key] = mine;
  }
  return Object.fromEntries(Object.entries(result).filter(([, text]) => text !== ""));
}

export function merge({ labels }: Naming, base: ReportDraft, mine: ReportDraft, theirs: ReportDraft): { draft: ReportDraft; clashes: Clash[] } {
  const clashes: Clash[] = [];
  const of = (name: keyof ReportDraft, label: (key: string) => string) => mergeMap(name, { base: base[name], mine: mine[name], theirs: theirs[name] }, label, clashes);
  const named = (key: string) => labels.get(key) ?? key;
  const draft = {
    figures: of("figures", named),
    sections: { overview: "", problems: "", other: "", ...of("sections", (part) => PART_LABELS[part as Part]) },
    facts: of("facts", named),
    answers: of("answers", () => "对退回要点的答复"),
  };
  return { draft, clashes };
}

export function adopt(draft: ReportDraft, theirs: ReportDraft, keys: readonly string[]): ReportDraft {
  const next = { figures: { ...draft.figures }, sections: { ...draft.sections }, facts: { ...draft.facts }, answers: { ...draft.answers } };
  for (const key of keys) {
    const colon = key.indexOf(":");
    const name = key.slice(0, colon) as keyof ReportDraft;
    const id = key.slice(colon + 1);
    const target = next[name] as Record<string, string>;
    target[id] = (theirs[name] as Record<string, string>)[id] ?? "";
  }
  return next;
}

export function shapeFor(naming: Naming): Shape<AnnualReport, ReportDraft, ReportPatch> {
  return {
    draftOf,
    patchOf: (base, draft) => patchOf(naming, base, draft),
    merge: (base, mine, theirs) => merge(naming, base, mine, theirs),
    adopt,
    sound: (draft) => typeof draft.figures === "object" && typeof draft.sections === "object" && typeof draft.facts === "object",
  };
}

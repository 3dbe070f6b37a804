/** 年报数字：格里写的字、求和格。格里存人写的原文，发出去时才成数。 */

import type { ReportForm } from "@/api/types";

/** 格 → 写在格里的字；没写的不在里面。 */
export type Entries = Readonly<Record<string, string>>;
/** 格 → 数；空为 null。金额是万元的小数文字。 */
export type Figures = Record<string, number | string | null>;

const MONEY = /^\d{1,9}(\.\d{1,6})?$/;
const COUNT = /^\d{1,9}$/;
const CHANGE = /^[+-]?\d{1,9}$/;

/** 全角、千分位、空格、单位都收，存成半角。 */
export function tidy(text: string): string {
  return text.normalize("NFKC").replaceAll(/[,\s]/g, "").replace(/(件|条|万元)$/, "");
}

export function isSound(form: ReportForm, key: string, text: string): boolean {
  const kind = kinds(form).get(key);
  return (kind === "money" ? MONEY : kind === "change" ? CHANGE : COUNT).test(text);
}

/** 写在格里的字成数；空与写错的都是 null，写错的由页面另标。 */
export function figuresOf(form: ReportForm, entries: Entries): Figures {
  const figures: Figures = {};
  for (const { key, kind } of form.cells) {
    const text = entries[key] ?? "";
    figures[key] = text === "" || !isSound(form, key, text) ? null : kind === "money" ? text : Number(text);
  }
  return figures;
}

export function entriesOf(figures: Figures): Record<string, string> {
  return Object.fromEntries(Object.entries(figures).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)]])));
}

/** 补上求和格：各项都有数才有和。 */
export function summed(form: ReportForm, entries: Entries): Record<string, string> {
  const result: Record<string, string> = { ...entries };
  const cells = new Map(form.cells.map((cell) => [cell.key, cell]));
  const done = new Set<string>();
  const total = (key: string): string => {
    const parts = cells.get(key)?.sum_of ?? [];
    if (parts.length === 0 || done.has(key)) return result[key] ?? "";
    done.add(key);
    const values = parts.map(total);
    const sum = values.every((value) => COUNT.test(value)) ? String(values.reduce((all, value) => all + Number(value), 0)) : "";
    result[key] = sum;
    return sum;
  };
  for (const cell of form.cells) total(cell.key);
  return Object.fromEntries(Object.entries(result).filter(([, text]) => text !== ""));
}

const KINDS = new WeakMap<ReportForm, Map<string, string>>();

function kinds(form: ReportForm): Map<string, string> {
  let found = KINDS.get(form);
  if (found === undefined) {
    found = new Map(form.cells.map((cell) => [cell.key, cell.kind]));
    KINDS.set(form, found);
  }
  return found;
}

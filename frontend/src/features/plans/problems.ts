/** 问题怎样分栏摆：同一种类一栏，挡着成表的在前。 */

import type { ImportRow, ProblemGroup } from "@/api/types";

export interface Section {
  code: string;
  title: string;
  level: ProblemGroup["level"];
  groups: ProblemGroup[];
  places: number;
}

export function sectionsOf(groups: readonly ProblemGroup[]): Section[] {
  const sections = new Map<string, Section>();
  for (const group of groups) {
    const section = sections.get(group.code) ?? { code: group.code, title: group.title, level: group.level, groups: [], places: 0 };
    section.groups.push(group);
    section.places += group.count;
    sections.set(group.code, section);
  }
  return [...sections.values()];
}

/** 挡着成表的有几处。 */
export function blocking(groups: readonly ProblemGroup[]): number {
  return groups.filter((group) => group.level === "block").reduce((sum, group) => sum + group.count, 0);
}

/** 还不算好的行（有没定的、没有责任单位的…）；只供一看的不算。 */
export function openRows(groups: readonly ProblemGroup[]): ReadonlySet<number> {
  return new Set(groups.filter((group) => group.level !== "note").flatMap((group) => group.rows));
}

/** 从 from 起往下（或往上）下一处有问题的，到头再从另一头来。 */
export function nextOpen(rows: readonly ImportRow[], open: ReadonlySet<number>, from: number | undefined, step: 1 | -1): number | undefined {
  const waiting = rows.map((row) => row.position).filter((position) => open.has(position));
  if (step === 1) return waiting.find((position) => position > (from ?? 0)) ?? waiting[0];
  return waiting.filter((position) => position < (from ?? Number.POSITIVE_INFINITY)).at(-1) ?? waiting.at(-1);
}

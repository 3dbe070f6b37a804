/** 月历的格子：周一在前，不足的留空。 */

import { isoOf } from "./dates";

export interface Month {
  year: number;
  month: number;
}

export const WEEK = ["一", "二", "三", "四", "五", "六", "日"] as const;

function weekdayOf(iso: string): number {
  return (new Date(`${iso}T00:00:00Z`).getUTCDay() + 6) % 7;
}

export function isWeekend(iso: string): boolean {
  return weekdayOf(iso) >= 5;
}

/** 一个月的各周，每周七格，月外为 null。 */
export function weeksOf({ year, month }: Month): (string | null)[][] {
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const days: (string | null)[] = Array.from({ length }, (_, index) => isoOf({ year, month, day: index + 1 }));
  const cells = [...Array.from({ length: weekdayOf(days[0] ?? "") }, () => null), ...days];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** 从一天到另一天跨过的各月。 */
export function monthsBetween(from: string, to: string): Month[] {
  const [first, last] = [from, to].map((iso) => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1);
  if (first === undefined || last === undefined || last < first) return [];
  return Array.from({ length: last - first + 1 }, (_, index) => ({ year: Math.floor((first + index) / 12), month: ((first + index) % 12) + 1 }));
}

export function daysOfYear(year: number): string[] {
  return Array.from({ length: 12 }, (_, index) => weeksOf({ year, month: index + 1 }).flat().filter((iso) => iso !== null)).flat();
}

/** 月历上的一天：怎么画，按一下变成什么。 */

import type { CalendarDay } from "@/api/types";
import { daysBetween, showDay } from "@/lib/dates";
import { isWeekend, type Month } from "@/lib/months";
import type { DayLook } from "@/ui/MonthGrid";

export function lookOf(iso: string, days: readonly CalendarDay[]): DayLook {
  const day = days.find((each) => each.on === iso);
  if (day?.kind === "off") return { tone: "off", mark: "休", words: `${day.name}放假` };
  if (day?.kind === "work") return { tone: "work", mark: "班", words: `${day.name}调休上班` };
  return isWeekend(iso) ? { tone: "weekend", words: "周末" } : {};
}

/** 按一下：平日 ↔ 休；周末 → 班 → 休 → 周末。 */
export function turned(days: readonly CalendarDay[], iso: string): CalendarDay[] {
  const day = days.find((each) => each.on === iso);
  const rest = days.filter((each) => each.on !== iso);
  const name = day?.name ?? nearest(days, iso);
  const next = !day ? (isWeekend(iso) ? "work" : "off") : day.kind === "work" ? "off" : null;
  return (next ? [...rest, { on: iso, kind: next, name } as CalendarDay] : rest).sort((a, b) => a.on.localeCompare(b.on));
}

/** 新标的日子算在最近的那个节下。 */
function nearest(days: readonly CalendarDay[], iso: string): string {
  const away = (day: CalendarDay) => Math.abs(daysBetween(day.on, iso));
  return days.reduce<CalendarDay | null>((best, day) => (best && away(best) <= away(day) ? best : day), null)?.name ?? "节假日";
}

/** 全年十二个月；安排动到上年12月的，再加上那一个月。 */
export function monthsOf(year: number, days: readonly CalendarDay[]): Month[] {
  const before = days.some((day) => day.on < `${year}-01-01`) ? [{ year: year - 1, month: 12 }] : [];
  return [...before, ...Array.from({ length: 12 }, (_, index) => ({ year, month: index + 1 }))];
}

/** 每个节一行：哪几天休，哪几天班。 */
export function byHoliday(days: readonly CalendarDay[], year: number): { label: string; value: string }[] {
  const names = [...new Set(days.map((day) => day.name))];
  const said = (name: string, kind: CalendarDay["kind"]) => spans(days.filter((day) => day.name === name && day.kind === kind).map((day) => day.on), year);
  return names.map((name) => {
    const [off, work] = [said(name, "off"), said(name, "work")];
    return { label: name, value: [off && `休 ${off}`, work && `班 ${work}`].filter(Boolean).join("；") };
  });
}

/** 连着的写成“1月21日至1月27日”。 */
function spans(isos: readonly string[], year: number): string {
  const runs: string[][] = [];
  for (const iso of isos) {
    const run = runs.at(-1);
    if (run && daysBetween(run.at(-1) ?? iso, iso) === 1) run.push(iso);
    else runs.push([iso]);
  }
  return runs.map((run) => (run.length === 1 ? showDay(run[0], year) : `${showDay(run[0], year)}至${showDay(run.at(-1), year)}`)).join("、");
}

/** 十月以后还没有明年的安排，就该提醒了。 */
export function lacksNextYear(today: string, years: readonly { year: number; known: boolean }[]): boolean {
  const next = Number(today.slice(0, 4)) + 1;
  return Number(today.slice(5, 7)) >= 10 && !years.some((each) => each.year === next && each.known);
}

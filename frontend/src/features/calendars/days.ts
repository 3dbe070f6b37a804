/** 月历上的一天：怎么画，按一下变成什么。 */

import type { CalendarDay } from "@/api/types";
import { daysBetween } from "@/lib/dates";
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

/** 十月以后还没有明年的安排，就该提醒了。 */
export function lacksNextYear(today: string, years: readonly { year: number; known: boolean }[]): boolean {
  const next = Number(today.slice(0, 4)) + 1;
  return Number(today.slice(5, 7)) >= 10 && !years.some((each) => each.year === next && each.known);
}

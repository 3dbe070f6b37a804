import { describe, expect, it } from "vitest";

import type { CalendarDay } from "@/api/types";

import { byHoliday, lacksNextYear, lookOf, monthsOf, turned } from "./days";

const DAYS: CalendarDay[] = [
  { on: "2026-12-31", kind: "off", name: "元旦" },
  { on: "2027-10-01", kind: "off", name: "国庆节" },
  { on: "2027-10-09", kind: "work", name: "国庆节" },
];

describe("工作日历的一天", () => {
  it("休与班有字，读得出是哪个节", () => {
    expect(lookOf("2027-10-01", DAYS)).toEqual({ tone: "off", mark: "休", words: "国庆节放假" });
    expect(lookOf("2027-10-09", DAYS)).toMatchObject({ mark: "班" });
    expect(lookOf("2027-10-10", DAYS)).toMatchObject({ tone: "weekend" });
  });

  it("平日按一下放假，再按一下照常上班；新标的归最近的节", () => {
    const once = turned(DAYS, "2027-10-04");
    expect(once.find((day) => day.on === "2027-10-04")).toEqual({ on: "2027-10-04", kind: "off", name: "国庆节" });
    expect(turned(once, "2027-10-04")).toEqual(DAYS);
  });

  it("周末按一下调休上班，再按是放假，三按复原", () => {
    const once = turned(DAYS, "2027-10-16");
    expect(once.at(-1)).toMatchObject({ on: "2027-10-16", kind: "work" });
    const twice = turned(once, "2027-10-16");
    expect(twice.at(-1)).toMatchObject({ kind: "off" });
    expect(turned(twice, "2027-10-16")).toEqual(DAYS);
  });

  it("动到上年12月的，多画那一个月", () => {
    expect(monthsOf(2027, DAYS)).toHaveLength(13);
    expect(monthsOf(2027, DAYS.slice(1))).toHaveLength(12);
  });

  it("每个节一行，连着的写成起止", () => {
    expect(byHoliday([...DAYS, { on: "2027-10-02", kind: "off", name: "国庆节" }].sort((a, b) => a.on.localeCompare(b.on)) as CalendarDay[], 2027)).toEqual([
      { label: "元旦", value: "休 2026年12月31日" },
      { label: "国庆节", value: "休 10月1日至10月2日；班 10月9日" },
    ]);
  });

  it("十月起才催明年的安排", () => {
    const years = [{ year: 2027, known: false }, { year: 2026, known: true }];
    expect([lacksNextYear("2026-09-30", years), lacksNextYear("2026-10-01", years)]).toEqual([false, true]);
    expect(lacksNextYear("2025-11-01", years)).toBe(false);
  });
});

import { describe, expect, it } from "vitest";

import { daysOfYear, isWeekend, monthsBetween, weeksOf } from "./months";

describe("月历", () => {
  it("周一在前，月外留空", () => {
    const weeks = weeksOf({ year: 2023, month: 10 });
    expect(weeks[0]).toEqual([null, null, null, null, null, null, "2023-10-01"]);
    expect(weeks.at(-1)).toEqual(["2023-10-30", "2023-10-31", null, null, null, null, null]);
  });

  it("跨年也接得上", () => {
    expect(monthsBetween("2023-12-15", "2024-01-15")).toEqual([
      { year: 2023, month: 12 },
      { year: 2024, month: 1 },
    ]);
    expect(monthsBetween("2024-01-15", "2023-12-15")).toEqual([]);
  });

  it("闰年有 366 天，周末认得出", () => {
    expect(daysOfYear(2024)).toHaveLength(366);
    expect([isWeekend("2023-10-07"), isWeekend("2023-10-09")]).toEqual([true, false]);
  });
});

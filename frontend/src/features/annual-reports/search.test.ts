import { describe, expect, it } from "vitest";

import { reportingYear } from "@/api/annualReports";

import { reportPartSearch, reportsSearch } from "./search";

describe("地址里的条件", () => {
  it("认得的留下，认不得的丢开", () => {
    expect(reportsSearch({ year: "2022", standing: "late", state: "signed", scope: "organ", q: "财政", page: "2" })).toEqual({ year: 2022, standing: "late", state: "signed", scope: "organ", q: "财政", page: 2 });
    expect(reportsSearch({ year: "1999", standing: "x", state: "x", scope: "x", q: "", page: "1" })).toEqual({});
    expect([reportPartSearch({ part: "t3" }), reportPartSearch({ part: "t9" })]).toEqual([{ part: "t3" }, {}]);
  });

  it("上半年编上年的，下半年备本年的", () => {
    expect([reportingYear("2024-01-15"), reportingYear("2024-06-30"), reportingYear("2023-09-20")]).toEqual([2023, 2023, 2023]);
  });
});

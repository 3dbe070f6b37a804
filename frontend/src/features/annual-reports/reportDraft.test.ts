import { describe, expect, it } from "vitest";

import type { AnnualReport, ReportForm } from "@/api/types";

import { adopt, draftOf, merge, patchOf, unsound, type ReportDraft } from "./reportDraft";

const form = {
  cells: [
    { key: "a", label: "甲", kind: "count", sum_of: [] },
    { key: "m", label: "收费", kind: "money", sum_of: [] },
    { key: "s", label: "总计", kind: "count", sum_of: ["a"] },
  ],
} as unknown as ReportForm;
const naming = { form, labels: new Map(form.cells.map((cell) => [cell.key, cell.label])) };
const report = {
  figures: { a: 3, m: "12.50", s: 3 },
  locked: [{ cell: "s", reason: "sum", words: "由各格相加得出" }],
  sections: { overview: { text: "总体" }, problems: { text: "" }, other: { text: "" } },
  facts: [
    { key: "info.total", value: 42 },
    { key: "info.site", value: null },
  ],
  points: [{ id: "p1", answer: null }],
} as unknown as AnnualReport;
const base = draftOf(report);
const edited = (change: Partial<ReportDraft>): ReportDraft => ({ ...base, ...change });

describe("年报草稿", () => {
  it("锁住的格不在草稿里，空白不是 0", () => {
    expect(base).toEqual({ figures: { a: "3", m: "12.50" }, sections: { overview: "总体", problems: "", other: "" }, facts: { "info.total": "42" }, answers: {} });
  });

  it("只送改了的：清空送 null，金额仍是小数文字，不是数的留在页面上", () => {
    expect(patchOf(naming, base, base)).toBeNull();
    expect(patchOf(naming, base, edited({ figures: { m: "13" }, facts: { "info.total": "42", "info.site": "7" }, answers: { p1: "已改", p2: " " } }))).toEqual({ figures: { a: null, m: "13" }, facts: { "info.site": 7 }, answers: [{ point_id: "p1", answer: "已改" }] });
    const wrong = edited({ figures: { a: "三", m: "12.50" } });
    expect(patchOf(naming, base, wrong)).toBeNull();
    expect(unsound(naming, wrong)).toEqual(["a"]);
  });

  it("各改各的都留下；改了同一格的列出来，选了他的就换", () => {
    const mine = edited({ figures: { a: "4", m: "12.50" }, sections: { ...base.sections, other: "无" } });
    const theirs = edited({ figures: { a: "5", m: "0" } });
    const { draft, clashes } = merge(naming, base, mine, theirs);
    expect(draft).toMatchObject({ figures: { a: "4", m: "0" }, sections: { overview: "总体", other: "无" } });
    expect(clashes).toEqual([{ key: "figures:a", label: "甲", mine: "4", theirs: "5" }]);
    expect(adopt(draft, theirs, ["figures:a"]).figures).toEqual({ a: "5", m: "0" });
  });
});

import { describe, expect, it } from "vitest";

import type { Finding, ReportForm, ReportTable } from "@/api/types";

import { figuresOf, summed, tidy } from "./figures";
import { asText, circled, equationsAt, marksOf } from "./findings";
import { block } from "./clipboard";
import { Geometry } from "./geometry";

const cell = (key: string, sum_of: string[] = [], kind: ReportForm["cells"][number]["kind"] = "count") => ({ key, label: `${key}行·列`, kind, sum_of });
const place = (row: number, column: number, key: string) => ({ row, column, row_span: 1, column_span: 1, text: "", cell: key, scope: null });
const table: ReportTable = { slug: "t3", part: "三", heading: "申请", row_count: 3, column_count: 3, places: [place(0, 0, "a"), place(0, 1, "b"), place(0, 2, "c"), place(2, 0, "d"), place(2, 2, "f")] };
const form: ReportForm = {
  version: "2021",
  title: "表样",
  cells: [cell("a"), cell("b"), cell("c", ["a", "b"]), cell("d", [], "money"), cell("f", ["c"])],
  tables: [table],
  equations: [{ rule: "A3", where: "“a”一行", left: ["a", "b"], right: ["c"] }],
  rules: [],
};
const finding = (cells: string[], patch: Partial<Finding> = {}): Finding => ({ rule: "A1", level: "block", cells, left: 1, right: 2, message: "不平", repair: null, passages: [], fixes: [], ...patch });

describe("格里的字成数", () => {
  it("全角、千分位、空格、单位都收", () => {
    expect([tidy("１，２３４"), tidy(" 12 件"), tidy("12.5万元")]).toEqual(["1234", "12", "12.5"]);
  });

  it("空与写错的是 null，金额仍是文字", () => {
    expect(figuresOf(form, { a: "3", b: "-1", d: "12.5" })).toEqual({ a: 3, b: null, c: null, d: "12.5", f: null });
  });

  it("求和格逐层算，缺一项就不算", () => {
    expect(summed(form, { a: "3", b: "4", c: "99" })).toEqual({ a: "3", b: "4", c: "7", f: "7" });
    expect(summed(form, { a: "3", c: "99" })).toEqual({ a: "3" });
  });
});

describe("走格与粘贴", () => {
  const geometry = new Geometry(table);

  it("上下左右走到最近的格，到头不动", () => {
    expect([geometry.next("a", "right"), geometry.next("c", "right"), geometry.next("b", "down"), geometry.next("f", "up"), geometry.next("d", "down")]).toEqual(["b", null, "d", "c", null]);
  });

  it("整块依次落格，多出来的不要", () => {
    expect(geometry.spread("b", block("1\t2\t9\r\n3\t4\r\n"))).toEqual({ b: "1", c: "2", d: "3", f: "4" });
  });
});

describe("发现的记号", () => {
  it("圈码到五十，再多用括号", () => {
    expect([circled(1), circled(20), circled(21), circled(36), circled(50), circled(51)]).toEqual(["①", "⑳", "㉑", "㊱", "㊿", "(51)"]);
  });

  it("每条的每一格都标，重的压过轻的；大片空白只在清单里", () => {
    const marks = marksOf([finding(["a", "b"], { level: "warn" }), finding(["b"]), finding(Array.from({ length: 20 }, (_, index) => `x${index}`), { rule: "A4" })]);
    expect(marks.get("a")).toEqual({ text: "①", level: "warn", words: "涉及第 1 条发现" });
    expect(marks.get("b")).toEqual({ text: "①②", level: "block", words: "涉及第 1、2 条发现" });
    expect(marks.size).toBe(2);
  });

  it("光标所在格的勾稽关系带两边的数，空着的说不上平不平", () => {
    expect(equationsAt(form, "b", { a: "3", b: "4", c: "8" })).toEqual([{ rule: "A3", words: "“a”一行：列 3 + 列 4（7） ≠ 列 8", balanced: false, gap: 1 }]);
    expect(equationsAt(form, "b", { a: "3", c: "8" })[0]?.balanced).toBeNull();
  });

  it("导出的意见逐条写明级别、涉及的格与改法", () => {
    const text = asText("某局2023年年报", form, [finding(["a"], { repair: "改为 2 即平" })]);
    expect(text).toContain("1. 【不能报送】A1　不平");
    expect(text).toContain("涉及：a行·列");
    expect(text).toContain("改法：改为 2 即平");
    expect(asText("某局", form, [])).toContain("没有发现问题");
  });
});

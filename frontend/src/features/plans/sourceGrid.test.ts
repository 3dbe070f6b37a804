import { describe, expect, it } from "vitest";

import type { SourceGrid } from "@/api/types";

import { columnWidths, drawRow, indexRows } from "./sourceGrid";

const cell = (row: number, column: number, row_span: number, column_span: number, text: string) => ({ row, column, row_span, column_span, text });
const GRID: SourceGrid = {
  name: "分解表",
  row_count: 4,
  column_count: 3,
  hidden_rows: [],
  hidden_columns: [],
  after: 0,
  truncated: false,
  cells: [cell(1, 1, 1, 3, "标题"), cell(2, 1, 3, 1, "类别"), cell(2, 2, 1, 1, "甲"), cell(3, 2, 1, 2, "乙"), cell(4, 3, 1, 1, "丙")],
};
const drawn = (row: number, from: number, to: number) => drawRow(indexRows(GRID), 3, row, from, to).map((each) => [each.cell?.text ?? "", each.column, each.rowSpan, each.columnSpan]);

describe("原文表格的窗口", () => {
  it("整张表：合并照旧，空格补上", () => {
    expect(drawn(1, 1, 5)).toEqual([["标题", 1, 1, 3]]);
    expect(drawn(2, 1, 5)).toEqual([
      ["类别", 1, 3, 1],
      ["甲", 2, 1, 1],
      ["", 3, 1, 1],
    ]);
    expect(drawn(3, 1, 5)).toEqual([["乙", 2, 1, 2]]);
  });

  it("窗口从合并格中间开始：在首行写出，只跨到窗口末", () => {
    expect(drawn(3, 3, 4)).toEqual([
      ["类别", 1, 1, 1],
      ["乙", 2, 1, 2],
    ]);
  });

  it("任何窗口里每一格恰好被盖住一次", () => {
    for (let from = 1; from <= 4; from += 1) {
      for (let to = from + 1; to <= 5; to += 1) {
        const covered = new Map<string, number>();
        for (let row = from; row < to; row += 1) {
          for (const each of drawRow(indexRows(GRID), 3, row, from, to)) {
            for (let r = row; r < row + each.rowSpan; r += 1) for (let c = each.column; c < each.column + each.columnSpan; c += 1) covered.set(`${r},${c}`, (covered.get(`${r},${c}`) ?? 0) + 1);
          }
        }
        expect([...covered.values()]).toEqual(Array.from({ length: (to - from) * 3 }, () => 1));
      }
    }
  });

  it("字多的列宽，但有边界", () => {
    const widths = columnWidths({ ...GRID, cells: [cell(1, 1, 1, 1, "一"), cell(1, 2, 1, 1, "字".repeat(900))] });
    expect(widths).toEqual([3.5, 20, 3.5]);
  });
});

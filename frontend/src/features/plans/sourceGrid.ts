/** 原文表格的画法：只画看得见的几行，跨行的单元格在窗口边上截断。 */

import type { ImportRow, SourceCell, SourceGrid } from "@/api/types";

export interface DrawnCell {
  /** 空白处没有单元格。 */
  cell: SourceCell | null;
  column: number;
  rowSpan: number;
  columnSpan: number;
}

export type RowIndex = ReadonlyMap<number, readonly SourceCell[]>;

/** 每一行上有哪些单元格盖着。 */
export function indexRows(grid: SourceGrid): RowIndex {
  const index = new Map<number, SourceCell[]>();
  for (const cell of grid.cells) {
    for (let row = cell.row; row < cell.row + cell.row_span; row += 1) {
      const own = index.get(row);
      if (own) own.push(cell);
      else index.set(row, [cell]);
    }
  }
  return index;
}

/** 画第 row 行时，窗口是 [from, to) 行：这一行该写出哪些格。 */
export function drawRow(index: RowIndex, columns: number, row: number, from: number, to: number): DrawnCell[] {
  const covering = new Map<number, SourceCell>();
  for (const cell of index.get(row) ?? []) {
    for (let column = cell.column; column < cell.column + cell.column_span; column += 1) if (!covering.has(column)) covering.set(column, cell);
  }
  const drawn: DrawnCell[] = [];
  for (let column = 1; column <= columns; column += 1) {
    const cell = covering.get(column);
    if (!cell) drawn.push({ cell: null, column, rowSpan: 1, columnSpan: 1 });
    else if (column === cell.column && row === Math.max(cell.row, from)) {
      drawn.push({ cell, column, rowSpan: Math.min(cell.row + cell.row_span, to) - row, columnSpan: cell.column_span });
    }
  }
  return drawn;
}

/** 各列的宽（rem）：字多的列宽些。 */
export function columnWidths(grid: SourceGrid): number[] {
  const longest = Array.from({ length: grid.column_count }, () => 0);
  for (const cell of grid.cells) {
    if (cell.column_span === 1) longest[cell.column - 1] = Math.max(longest[cell.column - 1] ?? 0, cell.text.length);
  }
  return longest.map((length) => Math.min(Math.max(Math.sqrt(length) * 2.2, 3.5), 20));
}

/** 一项任务取自哪些单元格：`行,列`。 */
export function placesOf(row: ImportRow | null): ReadonlySet<string> {
  return new Set(Object.values(row?.source.places ?? {}).flatMap((places) => places.map((place) => place.join(","))));
}

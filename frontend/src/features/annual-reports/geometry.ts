/** 表格的走法：从一格往上下左右，到的是哪一格；两格之间的一块有哪些格；粘贴的一块，落在哪些格。 */

import type { ReportTable } from "@/api/types";

export type Direction = "up" | "down" | "left" | "right";

interface Spot {
  key: string;
  row: number;
  column: number;
}

export class Geometry {
  private readonly spots = new Map<string, Spot>();
  private readonly rows = new Map<number, Spot[]>();

  constructor(table: ReportTable) {
    for (const { cell, row, column } of table.places) {
      if (cell === null) continue;
      const spot = { key: cell, row, column };
      this.spots.set(cell, spot);
      this.rows.set(row, [...(this.rows.get(row) ?? []), spot].sort((a, b) => a.column - b.column));
    }
  }

  /** 往一个方向的下一格；到头为 null。 */
  next(key: string, direction: Direction): string | null {
    const from = this.spots.get(key);
    if (from === undefined) return null;
    if (direction === "left" || direction === "right") {
      const row = this.rows.get(from.row) ?? [];
      const at = row.findIndex((spot) => spot.key === key) + (direction === "right" ? 1 : -1);
      return row[at]?.key ?? null;
    }
    const numbers = [...this.rows.keys()].filter((row) => (direction === "down" ? row > from.row : row < from.row)).sort((a, b) => (direction === "down" ? a - b : b - a));
    const row = this.rows.get(numbers[0] ?? -1);
    return row ? (row.filter((spot) => spot.column <= from.column).at(-1) ?? row[0])?.key ?? null : null;
  }

  /** 从一格起，把一块值依次落到右边与下边的格里。 */
  spread(key: string, values: readonly (readonly string[])[]): Record<string, string> {
    const result: Record<string, string> = {};
    let down: string | null = key;
    for (const line of values) {
      let across: string | null = down;
      for (const value of line) {
        if (across === null) break;
        result[across] = value;
        across = this.next(across, "right");
      }
      if (down === null) break;
      down = this.next(down, "down");
    }
    return result;
  }

  /** 往一个方向走到头。 */
  edge(key: string, direction: Direction): string {
    let at = key;
    for (let next = this.next(at, direction); next !== null; next = this.next(at, direction)) at = next;
    return at;
  }

  /** 头一格与末一格。 */
  corner(end: "first" | "last"): string | null {
    const numbers = [...this.rows.keys()].sort((a, b) => a - b);
    const row = this.rows.get((end === "first" ? numbers[0] : numbers.at(-1)) ?? -1) ?? [];
    return (end === "first" ? row[0] : row.at(-1))?.key ?? null;
  }

  /** 两格为对角的一块，一行一组。 */
  range(anchor: string, head: string): string[][] {
    const [a, b] = [this.spots.get(anchor), this.spots.get(head)];
    if (a === undefined || b === undefined) return [];
    const [top, bottom] = [Math.min(a.row, b.row), Math.max(a.row, b.row)];
    const [left, right] = [Math.min(a.column, b.column), Math.max(a.column, b.column)];
    const within = [...this.rows].filter(([row]) => row >= top && row <= bottom).sort(([x], [y]) => x - y);
    return within.map(([, spots]) => spots.filter(({ column }) => column >= left && column <= right).map(({ key }) => key));
  }

  has(key: string): boolean {
    return this.spots.has(key);
  }
}

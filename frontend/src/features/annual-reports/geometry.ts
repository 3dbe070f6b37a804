/** 表格的走法：从一格往上下左右，到的是哪一格；粘贴的一块，落在哪些格。 */

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
}

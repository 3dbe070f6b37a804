import { describe, expect, it } from "vitest";

import type { ImportRow, ProblemGroup } from "@/api/types";

import { blocking, nextOpen, openRows, sectionsOf } from "./problems";

const group = (code: string, level: ProblemGroup["level"], rows: number[], text: string | null = null): ProblemGroup => ({ code, level, title: code, message: "", column: null, text, count: rows.length, rows, candidates: [], fixes: [] });
const GROUPS = [group("assignee-unknown", "block", [2, 5], "某行"), group("assignee-unknown", "block", [5], "某局"), group("no-assignee", "warn", [7]), group("no-duty", "note", [1, 9])];
const ROWS = Array.from({ length: 9 }, (_, index) => ({ position: index + 1 }) as ImportRow);

describe("问题归类", () => {
  it("同一种类一栏，各栏记处数", () => {
    expect(sectionsOf(GROUPS).map((section) => [section.code, section.groups.length, section.places])).toEqual([
      ["assignee-unknown", 2, 3],
      ["no-assignee", 1, 1],
      ["no-duty", 1, 2],
    ]);
    expect(blocking(GROUPS)).toBe(3);
  });

  it("下一处、上一处，到头绕回，只供一看的不停", () => {
    const open = openRows(GROUPS);
    expect([nextOpen(ROWS, open, undefined, 1), nextOpen(ROWS, open, 2, 1), nextOpen(ROWS, open, 7, 1)]).toEqual([2, 5, 2]);
    expect([nextOpen(ROWS, open, undefined, -1), nextOpen(ROWS, open, 5, -1), nextOpen(ROWS, open, 2, -1)]).toEqual([7, 2, 7]);
    expect(nextOpen(ROWS, new Set(), 1, 1)).toBeUndefined();
  });
});

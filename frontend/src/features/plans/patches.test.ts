import { describe, expect, it } from "vitest";

import type { Assignee, ImportRow, PlanImport } from "@/api/types";

import { clauses, decide, openPhrases } from "./patches";

const assignee = (text: string, state: Assignee["state"], unit_ids: string[] = []): Assignee => ({ text, state, unit_ids, role: "responsible", candidates: [], note: null, decided: false });
const row = (position: number, assignees: Assignee[]) => ({ position, assignees }) as ImportRow;

describe("导入时待定的责任单位", () => {
  const draft = {
    rows: [
      row(4, [assignee("各街镇", "group", ["a", "b"]), assignee("有关部门", "undecided")]),
      row(6, [assignee("有关部门", "undecided"), assignee("区教体局", "suggested")]),
      row(7, [{ ...assignee("有关部门", "undecided"), decided: true }]),
    ],
  } as PlanImport;

  it("同一写法归到一处，已定的不列", () => {
    expect(openPhrases(draft).map((phrase) => [phrase.text, phrase.rows.map((item) => item.position)])).toEqual([
      ["有关部门", [4, 6]],
      ["区教体局", [6]],
    ]);
  });

  it("定一次，各行都改，别的写法不动", () => {
    expect(decide(draft.rows.slice(0, 1), "有关部门", ["c"])).toEqual([
      {
        position: 4,
        assignees: [
          { text: "各街镇", role: "responsible", unit_ids: ["a", "b"] },
          { text: "有关部门", role: "responsible", unit_ids: ["c"], decided: true },
        ],
      },
    ]);
  });
});

describe("挑句子作要求", () => {
  it("按句读切开，位置对得上原文", () => {
    const content = "及时公布清理目录，9月底前实现统一查询。做好公开";
    for (const clause of clauses(content)) expect([...content].slice(clause.start, clause.end).join("")).toBe(clause.text);
    expect(clauses(content).map((clause) => clause.text)).toEqual(["及时公布清理目录", "9月底前实现统一查询", "做好公开"]);
  });
});

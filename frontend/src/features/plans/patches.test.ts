import { describe, expect, it } from "vitest";

import { clauses } from "./patches";

describe("挑句子作要求", () => {
  it("按句读切开，位置对得上原文", () => {
    const content = "及时公布清理目录，9月底前实现统一查询。做好公开";
    for (const clause of clauses(content)) expect([...content].slice(clause.start, clause.end).join("")).toBe(clause.text);
    expect(clauses(content).map((clause) => clause.text)).toEqual(["及时公布清理目录", "9月底前实现统一查询", "做好公开"]);
  });
});

import { describe, expect, it } from "vitest";

import { fileNameOf, address } from "./client";
import { createParser } from "./events";
import { ApiProblem, fieldErrors, fieldOf } from "./problem";

const invalid = new ApiProblem({
  code: "validation",
  title: "提交的内容有误",
  status: 422,
  detail: "x",
  errors: [
    { pointer: "#/claims/0/done_on", code: "date_type", detail: "应为日期，如 2023-09-30" },
    { pointer: "#/progress", code: "missing", detail: "必须填写" },
    { pointer: "#/progress", code: "second", detail: "第二条不显示" },
    { pointer: "#/unheard/of", code: "extra", detail: "没有这一项" },
  ],
});

describe("错误指到字段", () => {
  it("指针变成字段路径", () => {
    expect(fieldOf("#/rows/3/content")).toBe("rows.3.content");
    expect(fieldOf("query:year")).toBe("year");
    expect(fieldOf("#/a~1b/c~0d")).toBe("a/b.c~d");
  });

  it("已知字段各得第一条，其余归总，第一个按页面次序", () => {
    const { fields, rest, first } = fieldErrors(invalid, ["progress", "claims.0"]);
    expect(fields).toEqual({ progress: "必须填写", "claims.0": "应为日期，如 2023-09-30" });
    expect(rest).toEqual(["没有这一项"]);
    expect(first).toBe("progress");
  });

  it("不是字段错误则全空", () => {
    expect(fieldErrors(new Error("x"), ["progress"])).toEqual({ fields: {}, rest: [], first: null });
  });
});

describe("地址与文件名", () => {
  it("空的条件不进地址", () => {
    expect(address("/tasks", { q: "政策 解读", unit: null, page: 2, mine: false, state: ["a", "b"] })).toBe(
      "/api/v1/tasks?q=%E6%94%BF%E7%AD%96+%E8%A7%A3%E8%AF%BB&page=2&state=a&state=b",
    );
  });

  it("认得中文文件名", () => {
    expect(fileNameOf("attachment; filename*=UTF-8''%E5%8F%B0%E8%B4%A6.xlsx")).toBe("台账.xlsx");
    expect(fileNameOf('attachment; filename="a.xlsx"')).toBe("a.xlsx");
    expect(fileNameOf(null)).toBeNull();
  });
});

describe("事件流断句", () => {
  it("拆在半路的消息拼得回来，心跳不算", () => {
    const seen: string[] = [];
    const feed = createParser(({ event, data }) => seen.push(`${event}|${data}`));
    feed(": keep-alive\n\nevent: submission\nda");
    feed('ta: {"id":1}\n');
    expect(seen).toEqual([]);
    feed("\n");
    expect(seen).toEqual(['submission|{"id":1}']);
  });
});

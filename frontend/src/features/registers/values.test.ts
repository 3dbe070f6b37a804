import { describe, expect, it } from "vitest";

import type { RegisterField } from "@/api/types";

import { missing, toData, toValues } from "./values";

const field = (name: string, input: RegisterField["input"], required = false): RegisterField => ({ name, input, required, label: name, hint: null, section: "基本情况", options: [], longest: null, least: null, most: null });

const FIELDS = [field("found_at", "moment", true), field("people", "integer"), field("forms", "choices", true), field("linked", "check"), field("on", "date"), field("topic", "line", true)];

describe("台账表单的值", () => {
  it("时刻在格子里是北京时间，送出去带时区", () => {
    const values = toValues(FIELDS, { found_at: "2023-09-19T17:05:00Z", people: 12, forms: ["text"], linked: true, on: null, topic: "题" });
    expect(values["found_at"]).toBe("2023-09-20T01:05");
    expect(toData(FIELDS, values)).toEqual({ found_at: "2023-09-20T01:05:00+08:00", people: 12, forms: ["text"], linked: true, on: null, topic: "题" });
  });

  it("空着的送空，不像数字的照送，由服务器指出", () => {
    const values = { ...toValues(FIELDS, {}), people: "十二" };
    expect(toData(FIELDS, values)).toMatchObject({ found_at: null, people: "十二", topic: null, linked: false });
  });

  it("必填的逐格指出", () => {
    expect(missing(FIELDS, toValues(FIELDS, {}))).toEqual({ found_at: "请填写found_at", forms: "请选择forms", topic: "请填写topic" });
  });
});

import { describe, expect, it } from "vitest";

import { setToday } from "@/lib/today";

import { deadlineSearch, extensionOf, extensionText, parametersOf, pauseEnds } from "./search";

describe("期限计算的地址", () => {
  it("什么都没有时，从今天起按答复算", () => {
    setToday("2023-09-20");
    expect(deadlineSearch({})).toEqual({ start: "2023-09-20", rule: "K5" });
    setToday(null);
  });

  it("整个问题来回不变", () => {
    const whole = { start: "2023-09-25", rule: "K5", restart: ["2023-09-27"], pause: ["2023-10-09/2023-10-20"], extend: "2023-10-30/20", channel: "internet" as const, confirmed: "2023-09-26", sent: "2023-12-01" };
    expect(deadlineSearch(whole)).toEqual(whole);
    expect(parametersOf(whole)).toEqual({ ...whole });
  });

  it("自定的期限换成接口的参数", () => {
    expect(parametersOf(deadlineSearch({ start: "2023-08-31", n: 1, unit: "month" }))).toMatchObject({ start: "2023-08-31", months: 1 });
  });

  it("看不懂的不要", () => {
    expect(deadlineSearch({ start: "2023-02-30x", n: -1, unit: "year", rule: "<b>", channel: "pigeon", restart: [1, "x"] })).toMatchObject({ rule: "K5" });
  });

  it("两段式的写法拆得开合得上", () => {
    expect(pauseEnds("2023-10-09/")).toEqual(["2023-10-09", null]);
    expect(extensionOf("2023-10-20/20")).toEqual({ on: "2023-10-20", amount: "20" });
    expect(extensionOf("20")).toEqual({ on: null, amount: "20" });
    expect([extensionText("2023-10-20", "20"), extensionText(null, "5"), extensionText("2023-10-20", "")]).toEqual(["2023-10-20/20", "5", undefined]);
  });
});

import { describe, expect, it } from "vitest";

import { daysBetween, dueWords, readDate, showDate, showDay, showTime, showWeekday } from "./dates";

describe("认日期", () => {
  it.each(["2023-11-05", "2023/11/5", "2023.11.5", "2023年11月5日", "2023 年 11 月 5 日", "20231105", "２０２３年１１月５日", "2023-11-05 10:24", "2023-11-05T10:24:00+08:00", " 2023年11月5号 "])(
    "%s 是 2023 年 11 月 5 日",
    (text) => {
      expect(readDate(text)).toBe("2023-11-05");
    },
  );

  it("年份键入到一半也是日期，免得格子被清空", () => {
    expect(showDate("0020-09-04")).toBe("20年9月4日");
    expect(showDate("0023-02-29")).toBe("—");
  });

  it("没写年的按所给的年", () => {
    expect(readDate("9月8日", 2023)).toBe("2023-09-08");
    expect(readDate("9-8", 2023)).toBe("2023-09-08");
    expect(readDate("9月8日")).toBeNull();
  });

  it.each(["2023-02-29", "2023-13-01", "20231301", "明天", ""])("不认 %s", (text) => {
    expect(readDate(text, 2023)).toBeNull();
  });
});

describe("写日期", () => {
  it("写成人们写的样子", () => {
    expect(showDate("2023-09-20")).toBe("2023年9月20日");
    expect(showDate(null)).toBe("—");
    expect(showDay("2023-09-20", 2023)).toBe("9月20日");
    expect(showDay("2024-01-08", 2023)).toBe("2024年1月8日");
    expect(showWeekday("2023-09-20")).toBe("星期三");
  });

  it("时刻是北京时间", () => {
    expect(showTime("2023-09-19T18:05:00Z")).toBe("2023年9月20日 02:05");
  });

  it("期限带话", () => {
    expect(daysBetween("2023-08-31", "2023-09-03")).toBe(3);
    expect(dueWords("2023-09-20", "2023-09-20")).toBe("今日到期");
    expect(dueWords("2023-09-20", "2023-09-30")).toBe("还有 10 天");
    expect(dueWords("2023-09-03", "2023-08-31")).toBe("逾期 3 天");
  });
});

import { describe, expect, it } from "vitest";

import { diffText } from "./diff";
import { segments } from "./marks";
import { showRate, showSize } from "./numbers";

describe("文字差别", () => {
  it("只标改动的字", () => {
    expect(diffText("已发布2条解读", "已发布3条政策解读")).toEqual([
      { kind: "same", text: "已发布" },
      { kind: "removed", text: "2" },
      { kind: "added", text: "3" },
      { kind: "same", text: "条" },
      { kind: "added", text: "政策" },
      { kind: "same", text: "解读" },
    ]);
  });

  it("一头为空、两头相同都对", () => {
    expect(diffText("", "新写")).toEqual([{ kind: "added", text: "新写" }]);
    expect(diffText("没动", "没动")).toEqual([{ kind: "same", text: "没动" }]);
    expect(diffText("", "")).toEqual([]);
  });
});

describe("句中标出要求", () => {
  it("按起止切开，字符按 Unicode 计", () => {
    expect(segments("𠮷县8月底前完成。", [{ id: "d", start: 2, end: 6 }])).toEqual([
      { text: "𠮷县", ids: [] },
      { text: "8月底前", ids: ["d"] },
      { text: "完成。", ids: [] },
    ]);
  });

  it("交叠的一段属于两条，越界的不算", () => {
    expect(segments("甲乙丙", [{ id: 1, start: 0, end: 2 }, { id: 2, start: 1, end: 9 }, { id: 3, start: 7, end: 9 }])).toEqual([
      { text: "甲", ids: [1] },
      { text: "乙", ids: [1, 2] },
      { text: "丙", ids: [2] },
    ]);
  });
});

describe("数字", () => {
  it("小分母说几项，大分母说百分数", () => {
    expect(showRate({ numerator: 3, denominator: 4 })).toBe("4 项中 3 项");
    expect(showRate({ numerator: 45, denominator: 60 })).toBe("75.0%");
    expect(showRate({ numerator: 0, denominator: 0 })).toBe("无应计");
    expect(showSize(2048)).toBe("2 KB");
  });
});

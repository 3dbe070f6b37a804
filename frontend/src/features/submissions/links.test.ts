import { describe, expect, it } from "vitest";

import { documentNoIn, readLink, titleOf } from "./links";

describe("认网址", () => {
  it("光网址、带标题的、夹在中文标点里的", () => {
    expect(readLink("https://www.jiangyang.gov.cn/a/1.html")).toEqual({ url: "https://www.jiangyang.gov.cn/a/1.html", title: "" });
    expect(readLink("关于优化营商环境的解读\nhttps://x.gov.cn/a")).toEqual({ url: "https://x.gov.cn/a", title: "关于优化营商环境的解读" });
    expect(readLink("见（https://x.gov.cn/a）。")?.url).toBe("https://x.gov.cn/a");
  });

  it.each(["javascript:alert(1)", "www.x.gov.cn", "文字", "ftp://x/a"])("不认 %s", (text) => {
    expect(readLink(text)).toBeNull();
  });

  it("文件名成标题，标题里找文号", () => {
    expect(titleOf("江阳区政策解读（2023）.pdf")).toBe("江阳区政策解读（2023）");
    expect(documentNoIn("泸江府办发〔2023〕12号 关于…的通知")).toBe("泸江府办发〔2023〕12号");
    expect(documentNoIn("没有文号")).toBe("");
  });
});

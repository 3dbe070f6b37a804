/** 从粘贴的内容里认网址与标题。 */

const LINK = /https?:\/\/[^\s<>"'，。；）】]+/i;

export function readLink(text: string): { url: string; title: string } | null {
  const found = LINK.exec(text)?.[0];
  if (!found) return null;
  try {
    const url = new URL(found);
    if (url.protocol !== "http:" && url.protocol !== "https:") return null;
    // 连标题一起复制的（“标题 https://…”），把标题也用上
    const title = text.replace(found, " ").replace(/\s+/g, " ").replace(/^[\s:：|｜-]+|[\s:：|｜-]+$/g, "");
    return { url: url.href, title: title.slice(0, 300) };
  } catch {
    return null;
  }
}

/** 文件名去掉扩展名，作标题的建议。 */
export function titleOf(name: string): string {
  return name.replace(/\.[A-Za-z0-9]{1,5}$/, "").trim();
}

/** 标题里的文号，如“泸江府发〔2023〕5号”。 */
export function documentNoIn(title: string): string {
  return /[\u4e00-\u9fa5]{2,12}[〔［[（(]\d{4}[〕］\]）)]第?\d{1,4}号/.exec(title)?.[0] ?? "";
}

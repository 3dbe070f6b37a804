/** 剪贴板里的一块格：从 Excel、Word 表格、网页来的，读成格；选中的一块，写成制表符分隔的字。 */

import { tidy } from "./figures";

/** 法定表里表示没有数的记号，与读年报时认的相同：是空白，不是 0。 */
const NOTHING = /^([-/\\|－—–―]+|无|空|N\/?A|\*+)$/i;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** 一格的字：去全角、千分位、单位；表示没有的记号是空。 */
export function pasted(text: string): string {
  const clean = tidy(text);
  return NOTHING.test(clean) ? "" : clean;
}

/** 行用换行分，格用制表符分；连栏目名一起复制来的，把栏目名的行列去掉。 */
export function block(text: string): string[][] {
  return trimmed(split(text).map((line) => line.map(pasted)));
}

/** 带换行、制表符的格，Excel 用双引号括起，里面的双引号写两个。 */
function split(text: string): string[][] {
  const rows: string[][] = [[]];
  const plain = text.replaceAll("\r\n", "\n").replace(/\n$/, "");
  for (let at = 0; at <= plain.length; at += 1) {
    const quoted = /^"((?:[^"]|"")*)"(?=[\t\n]|$)/.exec(plain.slice(at));
    const raw = quoted ? quoted[0] : (/^[^\t\n]*/.exec(plain.slice(at))?.[0] ?? "");
    rows.at(-1)?.push(quoted ? (quoted[1] ?? "").replaceAll('""', '"') : raw);
    at += raw.length;
    if (plain[at] === "\n") rows.push([]);
  }
  return rows;
}

const isLabel = (text: string) => text !== "" && !NUMBER.test(text);

/** 开头有字而没有一个数的行、列，是栏目名；合并的栏目名复制来是空格，夹在其间的一并去掉。 */
function trimmed(rows: string[][]): string[][] {
  if (!rows.flat().some((text) => NUMBER.test(text))) return rows;
  const head = leading(rows);
  const left = leading(transposed(rows.slice(head)));
  return rows.slice(head).map((row) => row.slice(left));
}

function leading(lines: readonly (readonly string[])[]): number {
  const firstNumber = lines.findIndex((line) => line.some((text) => NUMBER.test(text)));
  const before = lines.slice(0, Math.max(0, firstNumber)).map((line) => line.some(isLabel));
  return before.lastIndexOf(true) + 1;
}

function transposed(rows: readonly (readonly string[])[]): string[][] {
  const width = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? ""));
}

export function asTable(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.join("\t")).join("\r\n");
}

/** 发现的编号与记号：每条一个圈码，它涉及的格都标上。 */

import type { Finding, ReportForm } from "@/api/types";

/** 空白太多时只在清单里说，不把满表都标上。 */
const MOST_MARKED = 12;
const SHOWN = 3;

export function circled(number: number): string {
  if (number <= 20) return String.fromCodePoint(0x2460 + number - 1);
  if (number <= 35) return String.fromCodePoint(0x3251 + number - 21);
  if (number <= 50) return String.fromCodePoint(0x32b1 + number - 36);
  return `(${number})`;
}

export interface Mark {
  text: string;
  level: "block" | "warn";
  /** 读屏听到的话。 */
  words: string;
}

export function marksOf(findings: readonly Finding[]): Map<string, Mark> {
  const numbers = new Map<string, number[]>();
  const blocking = new Set<string>();
  for (const [index, finding] of findings.entries()) {
    if (finding.rule === "A4" && finding.cells.length > MOST_MARKED) continue;
    for (const cell of finding.cells) {
      numbers.set(cell, [...(numbers.get(cell) ?? []), index + 1]);
      if (finding.level === "block") blocking.add(cell);
    }
  }
  return new Map(
    [...numbers].map(([cell, found]) => [
      cell,
      {
        text: found.slice(0, SHOWN).map(circled).join("") + (found.length > SHOWN ? "…" : ""),
        level: blocking.has(cell) ? "block" : "warn",
        words: `涉及第 ${found.join("、")} 条发现`,
      },
    ]),
  );
}

interface Side {
  sum: number | null;
  words: string;
}

export interface Shown {
  rule: string;
  words: string;
  /** 有空格的说不上平不平。 */
  balanced: boolean | null;
  /** 两边差多少。 */
  gap: number;
}

const LISTED_TERMS = 6;

function numberAt(values: Readonly<Record<string, number | string | null>>, cell: string): number | null {
  const text = String(values[cell] ?? "");
  return /^\d+$/.test(text) ? Number(text) : null;
}

function sideOf(rule: string, cells: readonly string[], labels: ReadonlyMap<string, string>, values: Readonly<Record<string, string>>): Side {
  const numbers = cells.map((cell) => numberAt(values, cell));
  const sum = numbers.every((number) => number !== null) ? numbers.reduce((all: number, number) => all + (number ?? 0), 0) : null;
  const named = cells.map((cell, index) => `${short(rule, labels.get(cell) ?? cell)} ${numbers[index] ?? "空"}`);
  const words = cells.length <= LISTED_TERMS ? named.join(" + ") : `${cells.length} 项之和`;
  return { sum, words: cells.length > 1 && sum !== null ? `${words}（${sum}）` : words };
}

function shown(rule: string, where: string, left: Side, right: Side): Shown {
  const gap = left.sum === null || right.sum === null ? null : left.sum - right.sum;
  const sign = gap === null ? "，应等于 " : gap === 0 ? " = " : " ≠ ";
  return { rule, words: `${where}：${left.words}${sign}${right.words}`, balanced: gap === null ? null : gap === 0, gap: Math.abs(gap ?? 0) };
}

/** 一格所在的勾稽关系，附两边现在的数；上年结转还要与上年报告的结转下年度相等（A5）。 */
export function equationsAt(form: ReportForm, key: string, values: Readonly<Record<string, string>>, previous?: Readonly<Record<string, number | string | null>>): Shown[] {
  const labels = new Map(form.cells.map((cell) => [cell.key, cell.label]));
  const within = form.equations
    .filter((equation) => equation.left.includes(key) || equation.right.includes(key))
    .map(({ rule, where, left, right }) => shown(rule, where, sideOf(rule, left, labels, values), sideOf(rule, right, labels, values)));
  const column = /^t3\.r2\.(\w+)$/.exec(key)?.[1];
  const carried = previous && column ? numberAt(previous, `t3.r4.${column}`) : null;
  if (carried === null) return within;
  const now = numberAt(values, key);
  return [...within, shown("A5", "与上年报告", { sum: now, words: `上年结转 ${now ?? "空"}` }, { sum: carried, words: `上年报告的结转下年度 ${carried}` })];
}

/** 逐列的关系说行名，逐行的说列名：另一半已经写在前面。 */
function short(rule: string, label: string): string {
  const [row = "", column = ""] = label.split("·");
  if (rule !== "A1" && rule !== "A2") return column || row;
  return row.replace(/^[一二三四]、/, "").replace("政府信息公开申请数量", "").replace("继续办理", "");
}

/** 给人带走的核对意见。 */
export function asText(title: string, form: ReportForm, findings: readonly Finding[]): string {
  const labels = new Map(form.cells.map((cell) => [cell.key, cell.label]));
  const lines = findings.map((finding, index) => {
    const cells = finding.cells.slice(0, 8).map((cell) => labels.get(cell) ?? cell);
    return [
      `${index + 1}. 【${finding.level === "block" ? "不能报送" : "提示"}】${finding.rule}　${finding.message}`,
      ...(cells.length > 0 ? [`   涉及：${cells.join("；")}${finding.cells.length > 8 ? `等 ${finding.cells.length} 格` : ""}`] : []),
      ...(finding.repair ? [`   改法：${finding.repair}`] : []),
      ...finding.passages.map((passage) => `   原文：${passage.text}${passage.previous ? `\n   上年：${passage.previous}` : ""}`),
    ].join("\n");
  });
  return [`${title}核对意见`, form.title, "", ...(lines.length > 0 ? lines : ["没有发现问题。"]), ""].join("\n");
}

import type { Duty } from "@/api/types";
import { segments } from "@/lib/marks";

import "./duty.css";

export type DutyMark = Pick<Duty, "id" | "start" | "end" | "position">;

/** 任务原文，要求所在的字句加底线与序号。 */
export function DutyText({ content, duties, current }: { content: string; duties: readonly DutyMark[]; current?: string | undefined }) {
  const numbers = new Map(duties.map((duty, index) => [duty.id, index + 1]));
  const starts = new Set<string>();
  return (
    <p className="duty-text prose">
      {segments(content, duties).map((segment, index) => {
        if (segment.ids.length === 0) return <span key={index}>{segment.text}</span>;
        const opening = segment.ids.filter((id) => !starts.has(id));
        for (const id of opening) starts.add(id);
        return (
          <mark key={index} className={segment.ids.includes(current ?? "") ? "duty-mark duty-mark-now" : "duty-mark"}>
            {opening.map((id) => (
              <sup key={id} className="duty-number">
                {numbers.get(id)}
              </sup>
            ))}
            {segment.text}
          </mark>
        );
      })}
    </p>
  );
}

const OPS: Record<string, string> = { ">=": "不少于", "=": "等于", "<=": "不超过" };
const PER: Record<string, string> = { year: "每年", "half-year": "每半年", quarter: "每季度", month: "每月", week: "每周" };
const UNITS: Record<string, string> = { day: "日", workday: "个工作日", month: "个月" };

/** 一条要求的类别、期限与门槛，写成短语。 */
export function dutyTerms(duty: Pick<Duty, "due_on" | "within" | "threshold" | "per" | "trigger">, showDate: (iso: string) => string): string[] {
  const terms: string[] = [];
  if (duty.due_on) terms.push(`${showDate(duty.due_on)}前`);
  if (duty.within) terms.push(`${duty.trigger ?? ""}${duty.within.amount} ${UNITS[duty.within.unit] ?? ""}内`);
  else if (duty.trigger) terms.push(duty.trigger);
  if (duty.threshold) {
    const { op, value, unit } = duty.threshold;
    terms.push(`${duty.per ? PER[duty.per] : ""}${OPS[op] ?? op} ${value}${unit === "%" ? "%" : ` ${unit}`}`);
  } else if (duty.per) terms.push(PER[duty.per] ?? "");
  return terms.filter(Boolean);
}

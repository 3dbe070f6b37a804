/** 期限计算的地址：整个问题都在里面，转给别人打开就是同一道题。 */

import type { Channel } from "@/api/types";
import { partsOf } from "@/lib/dates";
import { today } from "@/lib/today";

export type TermUnit = "workday" | "day" | "month";

export interface DeadlineSearch {
  start: string;
  rule?: string;
  n?: number;
  unit?: TermUnit;
  restart?: string[];
  pause?: string[];
  extend?: string;
  channel?: Channel;
  confirmed?: string;
  sent?: string;
}

export const CHANNELS: readonly { id: Channel; label: string; confirms: boolean }[] = [
  { id: "in_person", label: "当面提交", confirms: false },
  { id: "post", label: "邮寄（签收）", confirms: false },
  { id: "ordinary_mail", label: "平常信函（无须签收）", confirms: true },
  { id: "internet", label: "互联网渠道", confirms: true },
  { id: "fax", label: "传真", confirms: true },
];

const UNITS: readonly string[] = ["workday", "day", "month"];

function day(value: unknown): string | undefined {
  return typeof value === "string" && partsOf(value) ? value : undefined;
}

function texts(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.filter((item): item is string => typeof item === "string").slice(0, 20);
}

/** 读地址；看不懂的不要，没有起算日就从今天起，没说依据就按答复。 */
export function deadlineSearch(search: Record<string, unknown>): DeadlineSearch {
  const n = Number(search["n"]);
  const unit = UNITS.includes(String(search["unit"])) ? (search["unit"] as TermUnit) : undefined;
  const amount = Number.isInteger(n) && n > 0 ? n : undefined;
  const rule = typeof search["rule"] === "string" && /^K\d+$/i.test(search["rule"]) ? search["rule"].toUpperCase() : undefined;
  const channel = CHANNELS.find((each) => each.id === search["channel"])?.id;
  const [restart, pause] = [texts(search["restart"]).filter((text) => partsOf(text)), texts(search["pause"])];
  const [confirmed, sent] = [day(search["confirmed"]), day(search["sent"])];
  const extend = ["string", "number"].includes(typeof search["extend"]) ? String(search["extend"]) : undefined;
  return {
    start: day(search["start"]) ?? today(),
    ...(rule ? { rule } : amount === undefined && unit === undefined ? { rule: "K5" } : {}),
    ...(amount === undefined ? {} : { n: amount }),
    ...(unit ? { unit } : {}),
    ...(restart.length > 0 ? { restart } : {}),
    ...(pause.length > 0 ? { pause } : {}),
    ...(extend ? { extend } : {}),
    ...(channel ? { channel } : {}),
    ...(confirmed ? { confirmed } : {}),
    ...(sent ? { sent } : {}),
  };
}

const PARAMETERS: Record<TermUnit, string> = { workday: "days", day: "calendar_days", month: "months" };

/** 地址里的问题 → 接口的参数；征求意见还没选日子的先不问。 */
export function parametersOf(search: DeadlineSearch): Record<string, string | number | string[] | undefined> {
  const { start, rule, n, unit = "workday", restart, extend, channel, confirmed, sent } = search;
  const pause = search.pause?.filter((text) => /^\d{4}-\d\d-\d\d\//.test(text));
  return { start, rule, ...(n === undefined ? {} : { [PARAMETERS[unit]]: n }), restart, pause, extend, channel, confirmed: channel ? confirmed : undefined, sent };
}

/** "2023-10-09/2023-10-20" → 两头，没有的是 null。 */
export function pauseEnds(text: string): [string | null, string | null] {
  const [first = "", last = ""] = text.split("/");
  return [partsOf(first) ? first : null, partsOf(last) ? last : null];
}

/** "2023-10-20/20" → 决定日与工作日数。 */
export function extensionOf(text: string | undefined): { on: string | null; amount: string } {
  if (text === undefined) return { on: null, amount: "" };
  const [first = "", last] = text.split("/");
  return last === undefined ? { on: null, amount: first } : { on: partsOf(first) ? first : null, amount: last };
}

export function extensionText(on: string | null, amount: string): string | undefined {
  const clean = amount.replace(/\D/g, "");
  if (clean === "") return undefined;
  return on ? `${on}/${clean}` : clean;
}

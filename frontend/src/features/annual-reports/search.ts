import type { ReportState } from "@/api/types";

export const REPORT_PARTS = ["overview", "t2", "t3", "t4", "problems", "other", "history"] as const;
export type ReportPart = (typeof REPORT_PARTS)[number];

/** 年报页看哪一部分。 */
export function reportPartSearch(search: Record<string, unknown>): { part?: ReportPart } {
  const part = REPORT_PARTS.find((each) => each === search["part"]);
  return part ? { part } : {};
}

export const STANDINGS = ["none", "draft", "submitted", "signed", "returned", "accepted", "published", "late"] as const;
/** 名册里的一类：还没有编制的是 none，逾期的不论走到哪一步。 */
export type Standing = (typeof STANDINGS)[number];

export interface ReportsSearch {
  year?: number;
  standing?: Standing;
  state?: ReportState;
  scope?: "organ" | "government";
  q?: string;
  page?: number;
}

const STATES: readonly ReportState[] = ["draft", "submitted", "signed", "returned", "accepted", "published"];

/** 地址里的筛选条件；认不得的丢开。 */
export function reportsSearch(search: Record<string, unknown>): ReportsSearch {
  const text = (name: string) => (typeof search[name] === "string" && search[name] !== "" ? (search[name] as string) : undefined);
  const whole = (name: string, least: number, most: number) => {
    const number = Number(search[name]);
    return Number.isInteger(number) && number >= least && number <= most ? number : undefined;
  };
  return clean({
    year: whole("year", 2000, 2100),
    standing: STANDINGS.find((each) => each === search["standing"]),
    state: STATES.find((each) => each === search["state"]),
    scope: (["organ", "government"] as const).find((each) => each === search["scope"]),
    q: text("q"),
    page: whole("page", 2, 100_000),
  });
}

/** 空的条件不进地址。 */
export function clean(search: Partial<Record<keyof ReportsSearch, unknown>>): ReportsSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== "" && value !== null)) as ReportsSearch;
}

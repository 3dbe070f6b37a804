import type { VerdictName } from "@/api/types";

export interface IndicatorsSearch {
  year?: number;
  unit?: string;
  verdict?: VerdictName;
  view?: "units";
}

export interface IndicatorSearch {
  year?: number;
  unit?: string;
  missing?: true;
  page?: number;
}

const VERDICTS: readonly VerdictName[] = ["met", "not_met", "pending", "not_applicable", "not_kept"];

function scope(search: Record<string, unknown>): { year?: number; unit?: string } {
  const year = Number(search["year"]);
  const unit = search["unit"];
  return {
    ...(Number.isInteger(year) && year >= 2008 && year <= 2100 ? { year } : {}),
    ...(typeof unit === "string" && unit !== "" ? { unit } : {}),
  };
}

/** 地址里的筛选条件；认不得的丢开。 */
export function indicatorsSearch(search: Record<string, unknown>): IndicatorsSearch {
  const verdict = VERDICTS.find((value) => value === search["verdict"]);
  return { ...scope(search), ...(verdict ? { verdict } : {}), ...(search["view"] === "units" ? { view: "units" as const } : {}) };
}

export function indicatorSearch(search: Record<string, unknown>): IndicatorSearch {
  const page = Number(search["page"]);
  const missing = search["missing"] === true || search["missing"] === "true";
  return { ...scope(search), ...(missing ? { missing: true as const } : {}), ...(Number.isInteger(page) && page > 1 ? { page } : {}) };
}

import type { LightName } from "@/api/types";

export interface BoardSearch {
  plan?: string;
  period?: string;
  category?: string;
  unit?: string;
  light?: LightName;
}

/** 地址里的条件。 */
export function boardSearch(search: Record<string, unknown>): BoardSearch {
  const found: Record<string, string> = {};
  for (const name of ["plan", "period", "category", "unit"]) {
    const value = search[name];
    if (typeof value === "string" && value !== "") found[name] = value;
  }
  if (["red", "yellow", "green", "blue"].includes(String(search["light"]))) found["light"] = String(search["light"]);
  return found as BoardSearch;
}

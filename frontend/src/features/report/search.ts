export interface ReportSearch {
  year?: number;
  unit?: string;
}

/** 地址里的年份与单位。 */
export function reportSearch(search: Record<string, unknown>): ReportSearch {
  const year = Number(search["year"]);
  const unit = search["unit"];
  return {
    ...(Number.isInteger(year) && year >= 2008 && year <= 2100 ? { year } : {}),
    ...(typeof unit === "string" && unit !== "" ? { unit } : {}),
  };
}

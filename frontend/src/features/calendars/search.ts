export interface CalendarSearch {
  year?: number;
}

export function calendarSearch(search: Record<string, unknown>): CalendarSearch {
  const year = Number(search["year"]);
  return Number.isInteger(year) && year >= 2013 && year <= 2099 ? { year } : {};
}

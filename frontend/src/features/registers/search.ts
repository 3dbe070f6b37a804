import type { EntryState, LightName } from "@/api/types";

export interface EntriesSearch {
  q?: string;
  unit?: string;
  state?: EntryState;
  light?: LightName;
  due_from?: string;
  due_to?: string;
  sort?: string;
  page?: number;
}

const LIGHTS = ["red", "yellow", "green", "blue"];
const STATES = ["open", "closed", "voided"];
const SORTS = ["due_on", "-opened_on", "opened_on", "-updated_at"];
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** 地址里的筛选条件；认不得的丢开。 */
export function entriesSearch(search: Record<string, unknown>): EntriesSearch {
  const text = (name: string) => (typeof search[name] === "string" && search[name] !== "" ? (search[name] as string) : undefined);
  const among = (name: string, values: readonly string[]) => values.find((value) => value === search[name]);
  const date = (name: string) => (DATE.test(text(name) ?? "") ? text(name) : undefined);
  const page = Number(search["page"]);
  const found = {
    q: text("q"),
    unit: text("unit"),
    state: among("state", STATES),
    light: among("light", LIGHTS),
    due_from: date("due_from"),
    due_to: date("due_to"),
    sort: among("sort", SORTS),
    page: Number.isInteger(page) && page > 1 ? page : undefined,
  };
  return clean(found);
}

/** 空的条件不进地址。 */
export function clean(search: Partial<Record<keyof EntriesSearch, unknown>>): EntriesSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== "" && value !== null)) as EntriesSearch;
}

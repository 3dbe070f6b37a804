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

export interface FrequentSearch {
  least?: number;
  opened_from?: string;
  opened_to?: string;
  page?: number;
}

export function frequentSearch(search: Record<string, unknown>): FrequentSearch {
  const whole = (name: string, from: number) => (Number.isInteger(Number(search[name])) && Number(search[name]) > from ? Number(search[name]) : undefined);
  const date = (name: string) => (typeof search[name] === "string" && DATE.test(search[name]) ? search[name] : undefined);
  const found = { least: whole("least", 2), opened_from: date("opened_from"), opened_to: date("opened_to"), page: whole("page", 1) };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as FrequentSearch;
}

export interface RegisterImportSearch {
  view?: "problems" | "rows";
}

export function registerImportSearch(search: Record<string, unknown>): RegisterImportSearch {
  return search["view"] === "problems" || search["view"] === "rows" ? { view: search["view"] } : {};
}

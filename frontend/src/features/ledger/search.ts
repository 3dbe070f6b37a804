import type { AssigneeRole, AssignmentState, LightName } from "@/api/types";

export interface LedgerSearch {
  plan?: string;
  category?: string;
  unit?: string;
  task?: string;
  state?: AssignmentState;
  light?: LightName;
  role?: AssigneeRole;
  due_from?: string;
  due_to?: string;
  review?: true;
  q?: string;
  sort?: string;
  page?: number;
  size?: number;
}

const LIGHTS = ["red", "yellow", "green", "blue"];
const STATES = ["not_started", "in_progress", "continuing", "completed"];
const ROLES = ["lead", "support", "responsible"];
const SORTS = ["task", "unit", "due_on", "-due_on", "light", "-updated"];
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** 地址里的筛选条件；认不得的丢开。 */
export function ledgerSearch(search: Record<string, unknown>): LedgerSearch {
  const text = (name: string) => (typeof search[name] === "string" && search[name] !== "" ? (search[name] as string) : undefined);
  const among = (name: string, values: readonly string[]) => values.find((value) => value === search[name]);
  const date = (name: string) => (DATE.test(text(name) ?? "") ? text(name) : undefined);
  const page = Number(search["page"]);
  const size = Number(search["size"]);
  const found = {
    plan: text("plan"),
    category: text("category"),
    unit: text("unit"),
    task: text("task"),
    state: among("state", STATES),
    light: among("light", LIGHTS),
    role: among("role", ROLES),
    due_from: date("due_from"),
    due_to: date("due_to"),
    review: search["review"] === true || search["review"] === "true" ? true : undefined,
    q: text("q"),
    sort: among("sort", SORTS),
    page: Number.isInteger(page) && page > 1 ? page : undefined,
    size: size === 50 || size === 100 ? size : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as LedgerSearch;
}

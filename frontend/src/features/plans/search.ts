export type ImportView = "problems" | "rows" | "difference";
export type ImportPane = "source" | "draft";

export interface ImportSearch {
  view?: ImportView;
  /** 正看着第几项。 */
  row?: number;
  /** 只看还有问题的。 */
  open?: true;
  /** 窄屏时看原文还是看草稿。 */
  pane?: ImportPane;
  /** 与哪一份对照：plan:… 或 import:…。 */
  against?: string;
}

/** 地址里的条件。 */
export function importSearch(search: Record<string, unknown>): ImportSearch {
  const found: ImportSearch = {};
  const { view, row, open, pane, against } = search;
  if (view === "problems" || view === "rows" || view === "difference") found.view = view;
  if (Number.isInteger(row) && Number(row) > 0) found.row = Number(row);
  if (open === true) found.open = true;
  if (pane === "source" || pane === "draft") found.pane = pane;
  if (typeof against === "string" && /^(plan|import):[0-9a-f-]{36}$/.test(against)) found.against = against;
  return found;
}

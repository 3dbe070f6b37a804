/** 年度报告的查询，首页与年报各页共用。 */

import { queryOptions } from "@tanstack/react-query";

import { api } from "./client";
import type { AnnualReport, AnnualReportSummary, CellDetail, Page, ReportChanges, ReportCheck, ReportForm, ReportRoster } from "./types";

export const reportFormsQuery = queryOptions({
  queryKey: ["report", "forms"],
  queryFn: ({ signal }) => api.get<ReportForm[]>("/annual-reports/forms", undefined, signal),
  staleTime: Infinity,
});

export interface ReportFilters {
  year?: number;
  unit?: string;
  scope?: string;
  state?: readonly string[];
  waiting?: boolean;
  q?: string;
  sort?: string;
  page?: number;
}

export const annualReportsQuery = (filters: ReportFilters) =>
  queryOptions({
    queryKey: ["annual-reports", "list", filters],
    queryFn: ({ signal }) => api.get<Page<AnnualReportSummary>>("/annual-reports", { ...filters, size: 20 }, signal),
  });

export const annualReportQuery = (id: string) =>
  queryOptions({
    queryKey: ["annual-reports", id],
    queryFn: ({ signal }) => api.get<AnnualReport>(`/annual-reports/${id}`, undefined, signal),
  });

/** 编制范围：谁报了、谁没报。 */
export const reportRosterQuery = (year: number) =>
  queryOptions({
    queryKey: ["annual-reports", "roster", year],
    queryFn: ({ signal }) => api.get<ReportRoster>("/annual-reports/missing", { year }, signal),
  });

export const reportCheckQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ["annual-reports", id, "check", version],
    queryFn: ({ signal }) => api.post<ReportCheck>(`/annual-reports/${id}/check`, undefined, { signal }),
    staleTime: Infinity,
    gcTime: 60_000,
  });

export const reportChangesQuery = (id: string, version: number, from: number | null) =>
  queryOptions({
    queryKey: ["annual-reports", id, "changes", version, from],
    queryFn: ({ signal }) => api.get<ReportChanges>(`/annual-reports/${id}/changes`, { from_revision: from }, signal),
  });

export const reportCellQuery = (id: string, version: number, cell: string) =>
  queryOptions({
    queryKey: ["annual-reports", id, "cell", version, cell],
    queryFn: ({ signal }) => api.get<CellDetail>(`/annual-reports/${id}/cells/${cell}`, undefined, signal),
  });

/** 眼下编哪一年的：上半年编上年的，下半年先备本年的。 */
export function reportingYear(today: string): number {
  const [year = 0, month = 1] = today.split("-").map(Number);
  return month <= 6 ? year - 1 : year;
}

/** 年度报告的网址以外还能取的几样。 */
export const REPORT_FILES = [
  { extension: "docx", label: "Word（公文版式）" },
  { extension: "xlsx", label: "Excel" },
  { extension: "html", label: "网页" },
  { extension: "json", label: "JSON（含数据说明）" },
] as const;

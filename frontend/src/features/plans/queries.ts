import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, every } from "@/api/client";
import type { ImportComparison, ImportSource, LedgerImport, Page, Plan, PlanImport, PlanImportHead, Task, UpstreamSuggestion } from "@/api/types";

export const importsQuery = queryOptions({
  queryKey: ["imports", "list"],
  queryFn: ({ signal }) => api.get<Page<PlanImportHead>>("/plan-imports", { size: 100 }, signal),
});

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["imports", id],
    queryFn: ({ signal }) => api.get<PlanImport>(`/plan-imports/${id}`, undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** 原文读进来就不变了。 */
export const importSourceQuery = (id: string) =>
  queryOptions({
    queryKey: ["imports", id, "source"],
    queryFn: ({ signal }) => api.get<ImportSource>(`/plan-imports/${id}/source`, undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** 与先前那份的差异；草稿改了（版本变了）就再比。 */
export const comparisonQuery = (id: string, version: number, against: string | undefined) =>
  queryOptions({
    queryKey: ["imports", id, "comparison", version, against ?? ""],
    queryFn: ({ signal }) => {
      const [kind, other] = (against ?? "").split(":");
      return api.get<ImportComparison>(`/plan-imports/${id}/comparison`, { plan_id: kind === "plan" ? other : undefined, other_id: kind === "import" ? other : undefined }, signal);
    },
    placeholderData: keepPreviousData,
  });

export const planQuery = (id: string) =>
  queryOptions({
    queryKey: ["plans", id],
    queryFn: ({ signal }) => api.get<Plan>(`/plans/${id}`, undefined, signal),
  });

export const planTasksQuery = (id: string) =>
  queryOptions({
    queryKey: ["tasks", "plan", id],
    queryFn: ({ signal }) => every<Task>("/tasks", { plan: id }, signal),
  });

export const returnedQuery = (planId: string, importId: string) =>
  queryOptions({
    queryKey: ["plans", planId, "returned", importId],
    queryFn: ({ signal }) => api.get<LedgerImport>(`/ledger-imports/${importId}`, undefined, signal),
  });

/** 整份分解表的上级任务建议。 */
export const upstreamSuggestionsQuery = (planId: string) =>
  queryOptions({
    queryKey: ["plans", planId, "upstream"],
    queryFn: ({ signal }) => every<UpstreamSuggestion>(`/plans/${planId}/upstream-suggestions`, undefined, signal),
  });

export const STATUS = { draft: "未印发", issued: "已印发", closed: "已办结" } as const;
export const CYCLE = { month: "按月", quarter: "按季" } as const;

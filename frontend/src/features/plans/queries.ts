import { queryOptions } from "@tanstack/react-query";

import { api } from "@/api/client";
import type { LedgerImport, Page, Plan, PlanImport, PlanImportHead, Task, UpstreamSuggestion } from "@/api/types";

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

export const planQuery = (id: string) =>
  queryOptions({
    queryKey: ["plans", id],
    queryFn: ({ signal }) => api.get<Plan>(`/plans/${id}`, undefined, signal),
  });

export const planTasksQuery = (id: string) =>
  queryOptions({
    queryKey: ["tasks", "plan", id],
    queryFn: ({ signal }) => api.get<Page<Task>>("/tasks", { plan: id, size: 100 }, signal),
  });

export const returnedQuery = (planId: string, importId: string) =>
  queryOptions({
    queryKey: ["plans", planId, "returned", importId],
    queryFn: ({ signal }) => api.get<LedgerImport>(`/ledger-imports/${importId}`, undefined, signal),
  });

/** 整份分解表的上级任务建议，逐页取完。 */
export const upstreamSuggestionsQuery = (planId: string) =>
  queryOptions({
    queryKey: ["plans", planId, "upstream"],
    queryFn: async ({ signal }) => {
      const tasks: UpstreamSuggestion[] = [];
      for (let page = 1; ; page += 1) {
        const answer = await api.get<Page<UpstreamSuggestion>>(`/plans/${planId}/upstream-suggestions`, { page, size: 100 }, signal);
        tasks.push(...answer.items);
        if (tasks.length >= answer.total || answer.items.length === 0) return tasks;
      }
    },
  });

export const STATUS = { draft: "未印发", issued: "已印发", closed: "已办结" } as const;
export const CYCLE = { month: "按月", quarter: "按季" } as const;

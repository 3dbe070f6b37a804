import { queryOptions } from "@tanstack/react-query";

import { api } from "@/api/client";
import type { Page, Plan, PlanImport, PlanImportHead, Task } from "@/api/types";

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

export const STATUS = { draft: "未印发", issued: "已印发", closed: "已办结" } as const;
export const CYCLE = { month: "按月", quarter: "按季" } as const;

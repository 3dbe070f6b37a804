/** 查询缓存。键的第一节是资源名，实时事件按它作废。 */

import { QueryClient, queryOptions } from "@tanstack/react-query";

import { api, every } from "./client";
import { ApiProblem } from "./problem";
import type { Meta, Page, Plan, Unit, UnitGroup, UnitNode } from "./types";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: true,
      retry: (times, error) => times < 2 && !(error instanceof ApiProblem && error.status < 500),
    },
    mutations: { retry: false },
  },
});

/** 跨业务共用的几份清单。 */
export const metaQuery = queryOptions({
  queryKey: ["meta"],
  queryFn: ({ signal }) => api.get<Meta>("/meta", undefined, signal),
  staleTime: 600_000,
});

export const unitTreeQuery = queryOptions({
  queryKey: ["units", "tree"],
  queryFn: ({ signal }) => api.get<UnitNode[]>("/units/tree", undefined, signal),
  staleTime: 300_000,
});

/** 全部责任单位（平铺），供挑选单位用。 */
export const allUnitsQuery = queryOptions({
  queryKey: ["units", "all"],
  queryFn: ({ signal }) => every<Unit>("/units", undefined, signal),
  staleTime: 300_000,
});

export const unitGroupsQuery = queryOptions({
  queryKey: ["units", "groups"],
  queryFn: ({ signal }) => api.get<UnitGroup[]>("/unit-groups", undefined, signal),
  staleTime: 300_000,
});

export const plansQuery = queryOptions({
  queryKey: ["plans", "all"],
  queryFn: ({ signal }) => api.get<Page<Plan>>("/plans", { size: 100 }, signal),
  staleTime: 60_000,
});

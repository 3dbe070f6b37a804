import { queryOptions } from "@tanstack/react-query";

import { api } from "@/api/client";
import type { Entry, EntryClock, EntryRow, Page, Register } from "@/api/types";

export const registersQuery = queryOptions({
  queryKey: ["registers", "all"],
  queryFn: ({ signal }) => api.get<Register[]>("/registers", undefined, signal),
});

export const registerQuery = (slug: string) =>
  queryOptions({
    queryKey: ["registers", slug],
    queryFn: ({ signal }) => api.get<Register>(`/registers/${slug}`, undefined, signal),
    staleTime: 300_000,
  });

export const entryQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: ["registers", slug, "entries", id],
    queryFn: ({ signal }) => api.get<Entry>(`/registers/${slug}/entries/${id}`, undefined, signal),
  });

export const clockQuery = (slug: string, id: string, version: number) =>
  queryOptions({
    queryKey: ["registers", slug, "clock", id, version],
    queryFn: ({ signal }) => api.get<EntryClock>(`/registers/${slug}/entries/${id}/clock`, undefined, signal),
  });

/** 可以与之相连的条目，如复议所涉的申请。 */
export const linkableQuery = (slug: string, unit: string) =>
  queryOptions({
    queryKey: ["registers", slug, "linkable", unit],
    queryFn: ({ signal }) => api.get<Page<EntryRow>>(`/registers/${slug}/entries`, { unit, size: 100, sort: "-opened_on" }, signal),
  });

import { queryOptions } from "@tanstack/react-query";

import { api } from "@/api/client";
import type { Entry, EntryClock, EntryRow, LetterKind, LetterList, LetterPreview, Page, Register, RegisterImport, RegisterImportHead } from "@/api/types";

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

export const importsQuery = (slug: string) =>
  queryOptions({
    queryKey: ["registers", slug, "imports", "list"],
    queryFn: ({ signal }) => api.get<Page<RegisterImportHead>>(`/registers/${slug}/imports`, { size: 20 }, signal),
  });

export const importQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: ["registers", slug, "imports", id],
    queryFn: ({ signal }) => api.get<RegisterImport>(`/registers/${slug}/imports/${id}`, undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const lettersQuery = (slug: string, id: string, version: number) =>
  queryOptions({
    queryKey: ["registers", slug, "letters", id, version],
    queryFn: ({ signal }) => api.get<LetterList>(`/registers/${slug}/entries/${id}/letters`, undefined, signal),
  });

export const letterQuery = (slug: string, id: string, version: number, kind: LetterKind) =>
  queryOptions({
    queryKey: ["registers", slug, "letters", id, version, kind],
    queryFn: ({ signal }) => api.get<LetterPreview>(`/registers/${slug}/entries/${id}/letters/${kind}`, undefined, signal),
  });

import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api } from "@/api/client";
import type { CountedRow, IndicatorDetail, IndicatorList, IndicatorMatrix, Page } from "@/api/types";

import type { IndicatorSearch, IndicatorsSearch } from "./search";

export const listQuery = ({ year, unit }: IndicatorsSearch) =>
  queryOptions({
    queryKey: ["indicators", "list", year, unit],
    queryFn: ({ signal }) => api.get<IndicatorList>("/indicators", { year, unit }, signal),
    placeholderData: keepPreviousData,
  });

export const matrixQuery = ({ year, unit, verdict }: IndicatorsSearch) =>
  queryOptions({
    queryKey: ["indicators", "matrix", year, unit, verdict],
    queryFn: ({ signal }) => api.get<IndicatorMatrix>("/indicators/matrix", { year, unit, verdict }, signal),
    placeholderData: keepPreviousData,
  });

export const indicatorQuery = (key: string, { year, unit }: IndicatorSearch) =>
  queryOptions({
    queryKey: ["indicators", "one", key, year, unit],
    queryFn: ({ signal }) => api.get<IndicatorDetail>(`/indicators/${key}`, { year, unit }, signal),
  });

export const rowsQuery = (key: string, { year, unit, missing, page = 1 }: IndicatorSearch) =>
  queryOptions({
    queryKey: ["indicators", "rows", key, year, unit, missing, page],
    queryFn: ({ signal }) => api.get<Page<CountedRow>>(`/indicators/${key}/rows`, { year, unit, missing, page }, signal),
    placeholderData: keepPreviousData,
  });

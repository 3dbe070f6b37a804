/** 随改随核：停手片刻就送去核对；核对不保存任何内容。 */

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { api } from "@/api/client";
import type { CheckResult, ReportForm } from "@/api/types";

import { figuresOf, type Entries } from "./figures";
import type { Work } from "./stash";

const PAUSE = 350;

export function useChecks(work: Work, form: ReportForm | undefined, entries: Entries) {
  const body = form && Object.keys(work.entries).length > 0 ? JSON.stringify(requestOf(work, form, entries)) : null;
  const [settled, setSettled] = useState(body);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(body), PAUSE);
    return () => clearTimeout(timer);
  }, [body]);
  const query = useQuery({
    queryKey: ["report", "check", settled],
    queryFn: ({ signal }) => api.post<CheckResult>("/annual-reports/check", JSON.parse(settled ?? "{}"), { signal }),
    enabled: settled !== null,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return { ...query, findings: settled === null ? null : (query.data?.findings ?? null), waiting: body !== settled || query.isFetching };
}

function requestOf(work: Work, form: ReportForm, entries: Entries) {
  const written = Object.values(work.texts).some((text) => text.trim() !== "");
  const texts = Object.fromEntries(Object.entries(work.texts).map(([part, text]) => [part, text.trim() || null]));
  const previous = work.previous && { form: work.previous.form, figures: work.previous.figures, texts: work.previous.texts };
  return { year: work.year, form: work.form, scope: work.scope, figures: figuresOf(form, entries), ...(written ? { texts } : {}), ...(previous ? { previous } : {}) };
}

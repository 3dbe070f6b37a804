import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";

import { api } from "@/api/client";
import { ApiProblem } from "@/api/problem";
import type { Deadline, DeadlineRule } from "@/api/types";
import { showDate } from "@/lib/dates";
import { Notice } from "@/ui/Notice";
import { PageHeader } from "@/ui/Page";
import { ErrorState, Loading } from "@/ui/States";

import { DeadlineForm } from "./DeadlineForm";
import { DeadlineResult, DrawnDays, Statement, Steps } from "./DeadlineResult";
import { parametersOf, type DeadlineSearch } from "./search";
import "./deadlines.css";

const rulesQuery = queryOptions({
  queryKey: ["deadlines", "rules"],
  queryFn: ({ signal }) => api.get<DeadlineRule[]>("/deadlines/rules", undefined, signal),
  staleTime: 600_000,
});

/** 期限计算：给出起算日与依据，得到到期日和可以入卷的推算过程。什么都不保存，地址就是这道题。 */
export function DeadlinePage() {
  const search = useSearch({ from: "/inside/deadlines" });
  const navigate = useNavigate({ from: "/deadlines" });
  const { data: rules, error: failed, refetch } = useQuery(rulesQuery);
  const asked = parametersOf(search);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ["deadlines", asked],
    queryFn: ({ signal }) => api.get<Deadline>("/deadlines", asked, signal),
    enabled: asked["rule"] !== undefined || search.n !== undefined,
    placeholderData: keepPreviousData,
  });
  if (failed && !rules) return <ErrorState error={failed} onRetry={() => void refetch()} />;
  if (!rules) return <Loading lines={8} />;
  const change = (part: Partial<Record<keyof DeadlineSearch, unknown>>) =>
    void navigate({
      search: (now) => Object.fromEntries(Object.entries({ ...now, ...part }).filter(([, value]) => value !== undefined)) as unknown as DeadlineSearch,
      replace: true,
    });
  return (
    <>
      <PageHeader title="期限计算" lead={<span className="no-print">按工作日历推算法定期限，写明每一步的依据</span>} />
      <div className="deadline-sheet">
        <DeadlineForm search={search} rules={rules} error={error} onChange={change} />
        <div className="stack" aria-busy={isPlaceholderData || undefined}>
          {error ? <Refusal error={error} /> : data ? <Answer data={data} /> : <Waiting search={search} />}
        </div>
      </div>
    </>
  );
}

function Waiting({ search }: { search: DeadlineSearch }) {
  if (search.n === undefined && search.rule === undefined) return <Notice>请填写期限是多少。</Notice>;
  return <Loading lines={6} />;
}

function Refusal({ error }: { error: unknown }) {
  if (!(error instanceof ApiProblem) || error.status !== 422) return <ErrorState error={error} />;
  return (
    <Notice tone="error" title="这样推算不出期限">
      {error.errors.length > 0 ? error.errors.map((fault) => fault.detail).join("；") : error.detail}
    </Notice>
  );
}

function Answer({ data }: { data: Deadline }) {
  return (
    <>
      <DeadlineResult data={data} />
      <Statement data={data} />
      <Steps data={data} />
      <DrawnDays data={data} />
      <p className="print-only small">推算日期：{showDate(data.today)}。工作日按国务院办公厅历年节假日安排。</p>
    </>
  );
}

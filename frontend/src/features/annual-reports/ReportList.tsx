import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";

import { annualReportsQuery } from "@/api/annualReports";
import type { AnnualReportSummary } from "@/api/types";
import { showDate } from "@/lib/dates";
import { DataTable, type Column } from "@/ui/DataTable";
import { Card } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { SearchField } from "@/ui/SearchField";
import { Select } from "@/ui/Select";
import { EmptyState, ErrorState, Loading } from "@/ui/States";

import { clean } from "./search";
import { LateMark, StateMark } from "./StateMark";

const STATES = [
  { id: "draft", label: "草稿" },
  { id: "submitted", label: "待签发" },
  { id: "signed", label: "待审核" },
  { id: "returned", label: "已退回" },
  { id: "accepted", label: "已通过" },
  { id: "published", label: "已公布" },
] as const;

const SCOPES = [
  { id: "organ", label: "本机关" },
  { id: "government", label: "本级政府" },
] as const;

/** 历年的报告。自己单位的直接列；看得见全区的，条件在地址里。 */
export function ReportList({ own }: { own: boolean }) {
  const search = useSearch({ from: "/inside/annual-reports" });
  const navigate = useNavigate({ from: "/annual-reports" });
  const { page = 1, q, state, scope } = search;
  const { data, error, refetch, isPlaceholderData } = useQuery({ ...annualReportsQuery({ page, ...(q ? { q } : {}), ...(state ? { state: [state] } : {}), ...(scope ? { scope } : {}) }), placeholderData: keepPreviousData });
  const change = (part: Parameters<typeof clean>[0]) => void navigate({ search: ({ page: _page, ...now }) => clean({ ...now, ...part }), replace: "q" in part, resetScroll: false });
  return (
    <Card title="历年报告">
      {!own && (
        <search className="filters no-print">
          <SearchField label="关键字" value={q ?? ""} placeholder="单位" onChange={(text) => change({ q: text })} />
          <Select label="状态" empty="全部" value={state ?? ""} options={STATES} onChange={(value) => change({ state: value })} />
          <Select label="口径" empty="全部" value={scope ?? ""} options={SCOPES} onChange={(value) => change({ scope: value })} />
        </search>
      )}
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <div className="stack" aria-busy={isPlaceholderData}>
          <DataTable caption="历年报告" columns={COLUMNS} rows={data.items} rowKey={(row) => row.id} empty={<EmptyState title="还没有年度报告">从上面“开始编制并汇编”起。</EmptyState>} />
          {data.total > 20 && <Pager page={page} size={20} total={data.total} onPage={(next) => void navigate({ search: (now) => clean({ ...now, page: next }) })} />}
        </div>
      ) : (
        <Loading lines={4} />
      )}
    </Card>
  );
}

const COLUMNS: readonly Column<AnnualReportSummary>[] = [
  {
    id: "title",
    header: "报告",
    primary: true,
    cell: (row) => (
      <Link to="/annual-reports/$id" params={{ id: row.id }}>
        {row.title}
      </Link>
    ),
  },
  { id: "scope", header: "口径", width: 7, cell: (row) => row.scope_words },
  {
    id: "state",
    header: "状态",
    width: 11,
    cell: (row) => (
      <span className="row">
        <StateMark state={row.state} words={row.state_words} />
        {row.late && <LateMark />}
      </span>
    ),
  },
  { id: "due", header: "截止", width: 10, cell: (row) => showDate(row.due_on) },
  { id: "published", header: "公布", width: 10, cell: (row) => showDate(row.published_on) },
];

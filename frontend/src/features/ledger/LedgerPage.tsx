import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { FileDown, ListX } from "lucide-react";
import { useCallback, useState } from "react";

import { api, download } from "@/api/client";
import { wordsOf } from "@/api/problem";
import type { Assignment, Page } from "@/api/types";
import { SavedViews } from "@/app/SavedViews";
import { useMe } from "@/app/session";
import { showDay } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { DataTable, type Column } from "@/ui/DataTable";
import { PageHeader } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { Light, StateTag } from "@/ui/Tag";
import { toast } from "@/ui/Toast";

import { LedgerFilters } from "./LedgerFilters";
import { QuickChips } from "./QuickChips";
import type { LedgerSearch } from "./search";

/** 台账：全部责任分工的一张表，条件都在地址里。 */
export function LedgerPage() {
  const search = useSearch({ from: "/inside/ledger" });
  const navigate = useNavigate({ from: "/ledger" });
  const { page = 1, size = 20, sort = "task", ...filters } = search;
  const change = useCallback(
    (part: Partial<Record<keyof LedgerSearch, unknown>>) =>
      void navigate({
        search: ({ page: _page, ...now }) => clean({ ...now, ...part }),
        replace: "q" in part,
      }),
    [navigate],
  );
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ["assignments", "list", { ...filters, page, size, sort }],
    queryFn: ({ signal }) => api.get<Page<Assignment>>("/assignments", { ...filters, page, size, sort }, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader title="台账" lead={data ? `共 ${data.total} 项分工` : undefined} actions={<Export plan={filters.plan ?? data?.items[0]?.plan.id} />} />
      <SavedViews />
      <QuickChips search={filters} onChange={change} />
      <LedgerFilters search={filters} onChange={change} />
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <div className="stack" aria-busy={isPlaceholderData}>
          <DataTable
            caption="台账"
            columns={COLUMNS}
            rows={data.items}
            rowKey={(row) => row.id}
            sort={sort}
            onSort={(next) => change({ sort: next })}
            empty={
              <EmptyState icon={ListX} title="没有符合条件的分工" action={<Button onClick={() => void navigate({ search: {} })}>清除全部条件</Button>}>
                换个条件试试；任务分解表下达之后，这里列出每个单位承担的每一项。
              </EmptyState>
            }
          />
          {data.total > 0 && (
            <Pager page={page} size={size} total={data.total} unit="项" onPage={(next) => void navigate({ search: (now) => clean({ ...now, page: next }) })} onSize={(next) => change({ size: next })} />
          )}
        </div>
      ) : (
        <Loading lines={10} />
      )}
    </>
  );
}

/** 空的条件不进地址。 */
function clean(search: Partial<Record<keyof LedgerSearch, unknown>>): LedgerSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== "" && value !== null)) as LedgerSearch;
}

const COLUMNS: Column<Assignment>[] = [
  {
    id: "task",
    header: "任务",
    primary: true,
    sort: { asc: "task", desc: "-updated" },
    cell: (row) => (
      <Link to="/assignments/$assignmentId" params={{ assignmentId: row.id }}>
        {row.task.position}. {row.task.title}
      </Link>
    ),
  },
  { id: "unit", header: "责任单位", width: 12, sort: { asc: "unit", desc: "unit" }, cell: (row) => <span title={row.unit.name}>{row.unit.short_name || row.unit.name}</span> },
  { id: "light", header: "灯", width: 15.5, sort: { asc: "light", desc: "light" }, cell: (row) => <Light light={row.light} words={row.light_words} /> },
  { id: "due", header: "期限", width: 7.5, sort: { asc: "due_on", desc: "-due_on" }, cell: (row) => <Due row={row} /> },
  { id: "state", header: "状态", width: 6.5, cell: (row) => row.state_words },
  { id: "judged", header: "台账判定", width: 8, wideOnly: true, cell: (row) => <Judged counts={row.duties_judged} /> },
  { id: "role", header: "分工", width: 4.5, wideOnly: true, cell: (row) => row.role_words },
  {
    id: "latest",
    header: "最近填报",
    width: 13,
    cell: (row) =>
      row.submission ? (
        <span className="row">
          <Link to="/submissions/$id" params={{ id: row.submission.id }}>
            {row.submission.period_label.replace(/^\d{4}年/, "")}
          </Link>
          <StateTag state={row.submission.state} words={row.submission.state_words} />
        </span>
      ) : (
        <span className="muted">没有</span>
      ),
  },
];

/** 由专项台账判定的要求：达到几条，未达到几条。 */
function Judged({ counts }: { counts: Assignment["duties_judged"] }) {
  if (counts.judged === 0) return <span className="muted">—</span>;
  return (
    <span>
      {counts.judged} 条达到 {counts.met}
      {counts.not_met > 0 && <span className="tag-text-seal">，未达到 {counts.not_met}</span>}
      {counts.overruled > 0 && <span className="muted">，改判 {counts.overruled}</span>}
    </span>
  );
}

function Due({ row }: { row: Assignment }) {
  const { today } = useMe();
  return <>{showDay(row.due_on, Number(today.slice(0, 4)))}</>;
}

function Export({ plan }: { plan: string | undefined }) {
  const [pending, setPending] = useState(false);
  if (!plan) return null;
  const get = async (kind: "xlsx" | "docx") => {
    setPending(true);
    try {
      await download(`/plans/${plan}/ledger.${kind}`, `台账.${kind}`);
    } catch (failure) {
      toast.error(wordsOf(failure));
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <Button icon={FileDown} pending={pending} onClick={() => void get("xlsx")}>
        导出 Excel
      </Button>
      <Button icon={FileDown} pending={pending} onClick={() => void get("docx")}>
        导出 Word
      </Button>
    </>
  );
}

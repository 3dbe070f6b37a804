import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ListX } from "lucide-react";

import { api } from "@/api/client";
import type { FrequentDocument, Page } from "@/api/types";
import { useMe } from "@/app/session";
import { showDay } from "@/lib/dates";
import { DataTable, type Column } from "@/ui/DataTable";
import { DateField } from "@/ui/DateField";
import { DownloadButton } from "@/ui/DownloadButton";
import { PageHeader } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { Select } from "@/ui/Select";
import { EmptyState, ErrorState, Loading } from "@/ui/States";

import type { FrequentSearch } from "./search";
import "./registers.css";

const LEAST = [2, 3, 5, 10].map((count) => ({ id: String(count), label: `${count} 次以上` }));

/** 申请频次高的文件：供评估审查，可以公开的主动公开。 */
export function FrequentPage() {
  const search = useSearch({ from: "/inside/registers/applications/frequent" });
  const navigate = useNavigate({ from: "/registers/applications/frequent" });
  const { page = 1, ...filters } = search;
  const change = (part: Partial<FrequentSearch>) =>
    void navigate({ search: ({ page: _page, ...now }) => Object.fromEntries(Object.entries({ ...now, ...part }).filter(([, value]) => value)) as FrequentSearch });
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ["registers", "frequent", { ...filters, page }],
    queryFn: ({ signal }) => api.get<Page<FrequentDocument>>("/registers/applications/frequent", { ...filters, page }, signal),
    placeholderData: keepPreviousData,
  });
  const columns = useColumns();
  return (
    <>
      <PageHeader
        title="申请频次高的文件"
        back={
          <Link to="/registers/$slug" params={{ slug: "applications" }}>
            ← 依申请公开
          </Link>
        }
        lead={
          <>
            <span>多次被申请的文件，评估审查后可以公开的转为主动公开。</span>
            <span className="muted small">依据：《政府信息公开条例》第四十四条。按登记时填的文件名称归并，没有填的按申请事项。</span>
          </>
        }
        actions={data !== undefined && data.total > 0 && (
            <DownloadButton path="/registers/applications/frequent.xlsx" name="申请频次高的文件.xlsx" query={{ ...filters }}>
              导出 Excel
            </DownloadButton>
          )}
      />
      <search className="filters no-print">
        <Select label="申请次数" value={String(filters.least ?? 2)} options={LEAST} onChange={(least) => change({ least: least === "2" ? undefined : Number(least) })} />
        <DateField label="申请到达从" value={filters.opened_from ?? null} onChange={(opened_from) => change({ opened_from: opened_from ?? undefined })} />
        <DateField label="到" value={filters.opened_to ?? null} onChange={(opened_to) => change({ opened_to: opened_to ?? undefined })} />
      </search>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <div className="stack" aria-busy={isPlaceholderData}>
          <DataTable caption="申请频次高的文件" columns={columns} rows={data.items} rowKey={(row) => row.document} empty={<EmptyState icon={ListX} title="没有被申请两次以上的文件">同一份文件的申请，登记时“所申请的文件名称”写同一个名称，就会归在一处。</EmptyState>} />
          {data.total > 0 && <Pager page={page} size={20} total={data.total} onPage={(next) => void navigate({ search: (now) => ({ ...now, page: next }) })} />}
        </div>
      ) : (
        <Loading lines={8} />
      )}
    </>
  );
}

function useColumns(): Column<FrequentDocument>[] {
  const year = Number(useMe().today.slice(0, 4));
  return [
    {
      id: "document",
      header: "文件",
      primary: true,
      cell: (row) => (
        <Link to="/registers/$slug" params={{ slug: "applications" }} search={{ q: row.document }}>
          {row.document}
        </Link>
      ),
    },
    { id: "count", header: "申请", width: 6, align: "end", cell: (row) => `${row.count} 次` },
    { id: "last", header: "最近申请", width: 9, cell: (row) => showDay(row.last_on, year) },
    { id: "units", header: "收到的单位", width: 14, wideOnly: true, cell: (row) => row.units.join("、") },
    { id: "answers", header: "怎样答复", width: 18, cell: answered },
    { id: "assessment", header: "评估审查", width: 14, cell: (row) => <Assessed row={row} /> },
  ];
}

function answered(row: FrequentDocument): string {
  const parts = [
    ["公开", row.open],
    ["部分公开", row.partly],
    ["不予公开", row.closed],
    ["其他", row.others],
    ["在办", row.running],
  ] as const;
  return parts.filter(([, count]) => count > 0).map(([words, count]) => `${words} ${count}`).join("，");
}

/** 公文公开属性台账里评估到哪一步；还没有的，点开去登记。 */
function Assessed({ row }: { row: FrequentDocument }) {
  if (row.assessment === null) {
    return (
      <Link to="/registers/$slug/new" params={{ slug: "openness-attributes" }}>
        还没有，去登记
      </Link>
    );
  }
  return (
    <Link to="/registers/$slug/$id" params={{ slug: "openness-attributes", id: row.assessment.id }}>
      {row.assessment.openness_words ?? "属性未定"}
    </Link>
  );
}

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { FileUp, Flame, ListX, Plus } from "lucide-react";
import { useCallback } from "react";

import { api } from "@/api/client";
import type { EntryRow, EntryState, LightName, Page, Register } from "@/api/types";
import { useMe, useRole } from "@/app/session";
import { showDay, showTime } from "@/lib/dates";
import { Button, LinkButton } from "@/ui/Button";
import { DataTable, type Column } from "@/ui/DataTable";
import { DateField } from "@/ui/DateField";
import { DownloadButton } from "@/ui/DownloadButton";
import { FilterChips } from "@/ui/FilterChips";
import { PageHeader } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { SearchField } from "@/ui/SearchField";
import { Select } from "@/ui/Select";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { Light } from "@/ui/Tag";
import { UnitPicker } from "@/ui/UnitPicker";

import { registerQuery } from "./queries";
import { clean, type EntriesSearch } from "./search";

const STATES: readonly { id: EntryState; label: string }[] = [
  { id: "open", label: "在办" },
  { id: "closed", label: "已办结" },
  { id: "voided", label: "已作废" },
];

type Change = (part: Partial<Record<keyof EntriesSearch, unknown>>) => void;

/** 一种台账的条目；条件都在地址里。 */
export function EntriesPage() {
  const { slug } = useParams({ from: "/inside/registers/$slug" });
  const { data: register, error, refetch } = useQuery(registerQuery(slug));
  if (error && !register) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return register ? <Entries register={register} /> : <Loading lines={10} />;
}

function Entries({ register }: { register: Register }) {
  const search = useSearch({ from: "/inside/registers/$slug" });
  const navigate = useNavigate({ from: "/registers/$slug" });
  const { page = 1, sort = "due_on", ...filters } = search;
  const change: Change = useCallback((part) => void navigate({ search: ({ page: _page, ...now }) => clean({ ...now, ...part }), replace: "q" in part }), [navigate]);
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ["registers", register.slug, "entries", "list", { ...filters, page, sort }],
    queryFn: ({ signal }) => api.get<Page<EntryRow>>(`/registers/${register.slug}/entries`, { ...filters, page, sort }, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader
        title={register.title}
        back={<Link to="/registers">← 专项台账</Link>}
        lead={
          <>
            <span>{register.summary}</span>
            <span className="muted small">依据：{register.basis}</span>
          </>
        }
        actions={
          <>
            {data !== undefined && data.total > 0 && (
              <DownloadButton path={`/registers/${register.slug}/entries.xlsx`} name={`${register.title}台账.xlsx`} query={{ ...filters, sort }}>
                导出 Excel
              </DownloadButton>
            )}
            {register.party && (
              <LinkButton to="/registers/applications/frequent" icon={Flame}>
                频次高的文件
              </LinkButton>
            )}
            {register.actions.includes("create") && (
              <LinkButton to="/registers/$slug/import" params={{ slug: register.slug }} icon={FileUp}>
                导入
              </LinkButton>
            )}
            {register.actions.includes("create") && (
              <LinkButton to="/registers/$slug/new" params={{ slug: register.slug }} variant="primary" icon={Plus}>
                登记一条
              </LinkButton>
            )}
          </>
        }
      />
      {!register.records && <Chips search={filters} onChange={change} />}
      <Filters register={register} search={filters} onChange={change} />
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <div className="stack" aria-busy={isPlaceholderData}>
          <DataTable
            caption={register.title}
            columns={columnsOf(register)}
            rows={data.items}
            rowKey={(row) => row.id}
            sort={sort}
            onSort={(next) => change({ sort: next })}
            empty={<Nothing register={register} filtered={Object.keys(filters).length > 0} onClear={() => void navigate({ search: {} })} />}
          />
          {data.total > 0 && <Pager page={page} size={20} total={data.total} onPage={(next) => void navigate({ search: (now) => clean({ ...now, page: next }) })} />}
        </div>
      ) : (
        <Loading lines={10} />
      )}
    </>
  );
}

function Nothing({ register, filtered, onClear }: { register: Register; filtered: boolean; onClear: () => void }) {
  if (filtered) return <EmptyState icon={ListX} title="没有符合条件的条目" action={<Button onClick={onClear}>清除全部条件</Button>} />;
  if (!register.actions.includes("create")) return <EmptyState title={`还没有登记${register.title}`}>有了登记，就列在这里。</EmptyState>;
  return (
    <EmptyState
      title={`还没有登记${register.title}`}
      action={
        <div className="row">
          <LinkButton to="/registers/$slug/new" params={{ slug: register.slug }} variant="primary" icon={Plus}>
            登记一条
          </LinkButton>
          <LinkButton to="/registers/$slug/import" params={{ slug: register.slug }} icon={FileUp}>
            从 Excel 导入
          </LinkButton>
        </div>
      }
    >
      {register.summary}手上已有表格的，下载模板照着填好，成批导入。
    </EmptyState>
  );
}

const CHIPS: readonly { id: LightName; label: string; tone: "seal" | "ochre" }[] = [
  { id: "red", label: "逾期", tone: "seal" },
  { id: "yellow", label: "临期、办结偏晚", tone: "ochre" },
];

function Chips({ search, onChange }: { search: EntriesSearch; onChange: Change }) {
  return <FilterChips label="常用条件" items={CHIPS} value={search.light ?? null} onChange={(light) => onChange({ light: light ?? undefined })} />;
}

function Filters({ register, search, onChange }: { register: Register; search: EntriesSearch; onChange: Change }) {
  const whole = !useRole("reporter", "signer");
  return (
    <search className="filters no-print">
      <SearchField label="关键字" value={search.q ?? ""} placeholder={`${register.title_words}、${register.ref_words}、单位`} onChange={(q) => onChange({ q })} />
      {whole && <UnitPicker label="单位（含下级）" value={search.unit ?? null} onChange={(unit) => onChange({ unit: unit ?? undefined })} />}
      <Select label="状态" empty="在办、已办结" value={search.state ?? ""} options={STATES} onChange={(state) => onChange({ state })} />
      {!register.records && (
        <>
          <DateField label="到期日从" value={search.due_from ?? null} onChange={(due_from) => onChange({ due_from })} />
          <DateField label="到" value={search.due_to ?? null} onChange={(due_to) => onChange({ due_to })} />
        </>
      )}
      {Object.keys(search).length > 0 && <Button onClick={() => onChange({ q: undefined, unit: undefined, state: undefined, light: undefined, due_from: undefined, due_to: undefined })}>清除条件</Button>}
    </search>
  );
}

function columnsOf(register: Register): Column<EntryRow>[] {
  const columns: Column<EntryRow>[] = [
    {
      id: "title",
      header: register.title_words,
      primary: true,
      cell: (row) => (
        <Link to="/registers/$slug/$id" params={{ slug: row.slug, id: row.id }}>
          {row.title}
        </Link>
      ),
    },
    { id: "ref", header: register.ref_words, width: 11, wideOnly: true, cell: (row) => row.ref_no ?? "—" },
  ];
  if (register.party) columns.push({ id: "party", header: "申请人", width: 9, cell: (row) => (row.party_name ? `${row.party_name}（${row.party_words ?? ""}）` : "—") });
  columns.push(
    { id: "unit", header: "单位", width: 10, cell: (row) => <span title={row.unit.name}>{row.unit.short_name}</span> },
    { id: "opened", header: register.opened_words, width: 10, sort: { asc: "opened_on", desc: "-opened_on" }, cell: (row) => <Day iso={row.opened_on} /> },
  );
  if (!register.records) {
    columns.push(
      { id: "due", header: "到期", width: 9, sort: { asc: "due_on", desc: "due_on" }, cell: (row) => (row.due_at ? showTime(row.due_at).replace(/^\d{4}年/, "") : <Day iso={row.due_on} />) },
      { id: "light", header: "灯", width: 15, cell: (row) => <Light light={row.light} words={row.light_words} /> },
    );
  }
  columns.push({ id: "state", header: "状态", width: 6, cell: (row) => row.state_words });
  return columns;
}

function Day({ iso }: { iso: string | null }) {
  const { today } = useMe();
  return <>{showDay(iso, Number(today.slice(0, 4)))}</>;
}

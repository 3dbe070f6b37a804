import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

import { plansQuery } from "@/api/query";
import type { Indicator, IndicatorMatrix, VerdictName } from "@/api/types";
import { useMe, useRole } from "@/app/session";
import { showDate } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { DataTable, type Column } from "@/ui/DataTable";
import { FilterChips } from "@/ui/FilterChips";
import { VERDICTS, VerdictTag } from "@/ui/Judgement";
import { PageHeader } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { Tag } from "@/ui/Tag";
import { UnitPicker } from "@/ui/UnitPicker";

import { listQuery, matrixQuery } from "./queries";
import type { IndicatorsSearch } from "./search";
import { Stated, Value } from "./Value";
import "./indicators.css";

const ORDER: readonly VerdictName[] = ["not_met", "pending", "met", "not_applicable", "not_kept"];

type Change = (part: Partial<Record<keyof IndicatorsSearch, unknown>>) => void;

/** 指标：由专项台账算出，不再问人；点进去是所据的条目。 */
export function IndicatorsPage() {
  const me = useMe();
  const whole = !useRole("reporter", "signer");
  const search = useSearch({ from: "/inside/indicators" });
  const navigate = useNavigate({ from: "/indicators" });
  const change: Change = useCallback(
    (part) => void navigate({ search: (now) => Object.fromEntries(Object.entries({ ...now, ...part }).filter(([, value]) => value !== undefined && value !== "" && value !== null)) as IndicatorsSearch }),
    [navigate],
  );
  const { data, error, refetch } = useQuery(listQuery(search));
  const { data: plans } = useQuery(plansQuery);
  const year = search.year ?? Number(me.today.slice(0, 4));
  const years = [...new Set([...(plans?.items.map((plan) => plan.year) ?? []), year])].sort((a, b) => b - a);
  const units = whole && search.view === "units";
  return (
    <>
      <PageHeader
        title="指标"
        lead={data ? `${data.unit.name}，截至${showDate(data.as_of)}；由专项台账算出` : "由专项台账算出"}
        actions={whole && <Button onClick={() => change({ view: units ? undefined : "units" })}>{units ? "看全区各项" : "看各单位"}</Button>}
      />
      <div className="filters no-print">
        <Select label="年度" value={String(year)} options={years.map((item) => ({ id: String(item), label: `${item} 年` }))} onChange={(value) => change({ year: Number(value) })} />
        {whole && <UnitPicker label="单位（含下级）" value={search.unit ?? null} onChange={(unit) => change({ unit: unit ?? undefined })} />}
      </div>
      {error && !data ? <ErrorState error={error} onRetry={() => void refetch()} /> : !data ? <Loading lines={10} /> : units ? <Units search={search} onChange={change} /> : <Listed items={data.items} search={search} whole={whole} onChange={change} />}
    </>
  );
}

function Chips({ counts, value, onChange }: { counts?: Partial<Record<VerdictName, number>>; value: VerdictName | undefined; onChange: Change }) {
  const items = ORDER.map((id) => ({ id, label: VERDICTS[id].words, tone: VERDICTS[id].tone, ...(counts ? { count: counts[id] ?? 0 } : {}) }));
  return <FilterChips label="按判定筛选" items={items} value={value ?? null} onChange={(verdict) => onChange({ verdict: verdict ?? undefined })} />;
}

function Listed({ items, search, whole, onChange }: { items: readonly Indicator[]; search: IndicatorsSearch; whole: boolean; onChange: Change }) {
  const counts: Partial<Record<VerdictName, number>> = {};
  for (const item of items) counts[item.verdict] = (counts[item.verdict] ?? 0) + 1;
  const shown = items.filter((item) => search.verdict === undefined || item.verdict === search.verdict);
  const columns: Column<Indicator>[] = [
    {
      id: "name",
      header: "指标",
      primary: true,
      cell: (row) => (
        <Link to="/indicators/$key" params={{ key: row.key }} search={scoped(search)}>
          {row.name}
        </Link>
      ),
    },
    { id: "value", header: "现值", width: 11, cell: (row) => <Value cell={row} unit={row.unit_of_value} ratio={row.shape === "ratio"} /> },
    { id: "target", header: "目标", width: 11, cell: (row) => row.target_words },
    { id: "verdict", header: "判定", width: 8, cell: (row) => <VerdictTag verdict={row.verdict} /> },
    {
      id: "words",
      header: "说明",
      width: 22,
      cell: (row) => (
        <span className="stack-tight">
          <span>{row.words}</span>
          {!whole && !row.kept && row.verdict !== "not_kept" && <span className="muted small">本单位的台账没有登记</span>}
          <Stated cell={row} unit={row.unit_of_value} />
        </span>
      ),
    },
    { id: "frozen", header: "上期末冻结值", width: 11, wideOnly: true, cell: (row) => (row.frozen ? `${row.frozen.value ?? "—"}${row.frozen.value === null ? "" : row.unit_of_value}（${showDate(row.frozen.ends_on).slice(5)}）` : "—") },
    {
      id: "register",
      header: "所据台账",
      width: 9,
      wideOnly: true,
      cell: (row) => (
        <span className="stack-tight">
          {row.registers.map((register) => (
            <Link key={register.slug} to="/registers/$slug" params={{ slug: register.slug }} search={search.unit ? { unit: search.unit } : {}}>
              {register.title}
            </Link>
          ))}
        </span>
      ),
    },
  ];
  return (
    <>
      <Chips counts={counts} value={search.verdict} onChange={onChange} />
      <DataTable caption="指标" columns={columns} rows={shown} rowKey={(row) => row.key} empty={<EmptyState title="没有这一判定的指标" action={<Button onClick={() => onChange({ verdict: undefined })}>看全部</Button>} />} />
    </>
  );
}

function scoped(search: IndicatorsSearch): { year?: number; unit?: string } {
  return { ...(search.year ? { year: search.year } : {}), ...(search.unit ? { unit: search.unit } : {}) };
}

function Units({ search, onChange }: { search: IndicatorsSearch; onChange: Change }) {
  const { data, error, refetch } = useQuery(matrixQuery(search));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={10} />;
  const rows = data.rows.filter((row) => Object.keys(row.cells).length > 0);
  const idle = data.rows.length - rows.length;
  const used = data.columns.filter((column) => rows.some((row) => row.cells[column.key]));
  return (
    <>
      <Chips value={search.verdict} onChange={onChange} />
      <DataTable
        caption="各单位的指标"
        columns={matrixColumns(used, search)}
        rows={rows}
        rowKey={(row) => row.unit.id}
        empty={<EmptyState title="没有符合的单位" action={<Button onClick={() => onChange({ verdict: undefined })}>看全部</Button>} />}
      />
      {idle > 0 && <p className="muted">另有 {idle} 个单位没有登记也没有填报数字，没有列出。</p>}
    </>
  );
}

type MatrixRow = IndicatorMatrix["rows"][number];

function matrixColumns(used: IndicatorMatrix["columns"], search: IndicatorsSearch): Column<MatrixRow>[] {
  return [
    {
      id: "unit",
      header: "单位",
      primary: true,
      width: 9,
      cell: (row) => (
        <Link to="/indicators" search={{ ...scoped(search), unit: row.unit.id }} title={row.unit.name} className="indicator-unit">
          {row.unit.short_name}
        </Link>
      ),
    },
    ...used.map(
      (column): Column<MatrixRow> => ({
        id: column.key,
        header: column.name,
        width: 8.5,
        cell: (row) => {
          const cell = row.cells[column.key];
          if (!cell) return <span className="muted">—</span>;
          return (
            <span className="stack-tight indicator-cell">
              <Link to="/indicators/$key" params={{ key: column.key }} search={{ ...scoped(search), unit: row.unit.id }} title={`${row.unit.short_name}的${column.name}`}>
                <VerdictTag verdict={cell.kept ? cell.verdict : "not_kept"} />
              </Link>
              {cell.kept ? <Value cell={cell} unit={column.unit_of_value} ratio={column.unit_of_value === "%"} /> : cell.stated && <span className="small">填报{cell.stated.value ?? cell.stated.outcome_words}</span>}
              {cell.stated?.difference && <Tag tone="ochre">有出入</Tag>}
            </span>
          );
        },
      }),
    ),
  ];
}

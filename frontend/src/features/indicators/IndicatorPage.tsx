import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";

import type { CountedRow, IndicatorDetail } from "@/api/types";
import { showDate, showTime } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { DataTable, type Column } from "@/ui/DataTable";
import { FilterChips } from "@/ui/FilterChips";
import { JudgementLine, VerdictTag } from "@/ui/Judgement";
import { Notice } from "@/ui/Notice";
import { Card, Facts, PageHeader } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { Tag } from "@/ui/Tag";

import { OverruleDialog } from "./OverruleDialog";
import { indicatorQuery, rowsQuery } from "./queries";
import { Stated, Value } from "./Value";
import "./indicators.css";

type UnitValue = IndicatorDetail["units"][number];

/** 一项指标：怎么算的，现在多少，历期多少，是哪些条目。 */
export function IndicatorPage() {
  const { key } = useParams({ from: "/inside/indicators/$key" });
  const search = useSearch({ from: "/inside/indicators/$key" });
  const { data, error, refetch } = useQuery(indicatorQuery(key, search));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return data ? <Shown indicator={data} /> : <Loading lines={10} />;
}

function Shown({ indicator }: { indicator: IndicatorDetail }) {
  const search = useSearch({ from: "/inside/indicators/$key" });
  const [decided, setDecided] = useState<UnitValue | null>(null);
  const ratio = indicator.shape === "ratio";
  return (
    <>
      <PageHeader
        title={indicator.name}
        back={
          <Link to="/indicators" search={{ ...(search.year ? { year: search.year } : {}), ...(search.unit ? { unit: search.unit } : {}) }}>
            ← 指标
          </Link>
        }
        lead={
          <>
            <strong>{indicator.unit.name}</strong>
            <span>
              {indicator.year} 年，截至{showDate(indicator.as_of)}
            </span>
            <VerdictTag verdict={indicator.verdict} />
          </>
        }
      />
      <Card ledger title="现值">
        <p className="indicator-value">
          <Value cell={indicator} unit={indicator.unit_of_value} ratio={ratio} />
          <span className="muted small">目标：{indicator.target_words}</span>
        </p>
        <p>{indicator.words}</p>
        {indicator.small && <Notice tone="warn">只有 {indicator.denominator} 件，多一件少一件比例就大变，请看件数，不要只看比例。</Notice>}
        <Stated cell={indicator} unit={indicator.unit_of_value} />
      </Card>
      <Card title="怎么算的">
        <Facts
          items={[
            { label: ratio ? "分子" : "计数", value: indicator.numerator_words },
            ...(indicator.denominator_words === "——" ? [] : [{ label: ratio ? "分母" : "范围", value: indicator.denominator_words }]),
            { label: "没有可算的", value: indicator.zero_words },
            { label: "算谁的", value: indicator.level === "government" ? "全区合计，各单位同此判定" : "各单位算各单位的" },
            { label: "依据", value: indicator.basis },
            { label: "所据台账", value: indicator.registers.map((register) => register.title).join("、") },
            { label: "定义", value: `第 ${indicator.version} 版` },
          ]}
        />
        {indicator.duties.length > 0 && (
          <ul className="stack-tight" aria-label="由它判定的要求">
            {indicator.duties.map((duty) => (
              <li key={duty.duty_id}>
                “{duty.text}”<span className="muted">　</span>
                <Link to="/tasks/$taskId" params={{ taskId: duty.task_id }}>
                  {duty.task_title}
                </Link>
                <span className="muted">（{duty.units} 个单位）</span>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <History indicator={indicator} />
      {indicator.units.length > 0 && (
        <section className="stack-tight" aria-label="各单位">
          <h2>{indicator.subtree ? "各单位" : "本单位"}</h2>
          <DataTable caption="各单位的值" columns={unitColumns(indicator, setDecided)} rows={indicator.units} rowKey={(row) => row.unit.id} />
        </section>
      )}
      <Rows indicator={indicator} />
      {decided?.judgement && <OverruleDialog judgement={decided.judgement} unitName={decided.unit.name} onClose={() => setDecided(null)} />}
    </>
  );
}

function unitColumns(indicator: IndicatorDetail, onDecide: (row: UnitValue) => void): Column<UnitValue>[] {
  const columns: Column<UnitValue>[] = [
    { id: "unit", header: "单位", primary: true, cell: (row) => (row.assignment_id ? <Link to="/assignments/$assignmentId" params={{ assignmentId: row.assignment_id }}>{row.unit.name}</Link> : row.unit.name) },
    { id: "value", header: "数值", width: 11, cell: (row) => (row.kept ? <Value cell={row} unit={indicator.unit_of_value} ratio={indicator.shape === "ratio"} /> : <span className="muted">没有登记</span>) },
    { id: "stated", header: "单位填报", width: 16, cell: (row) => (row.stated ? <Stated cell={row} unit={indicator.unit_of_value} /> : <span className="muted">—</span>) },
    { id: "judgement", header: "要求的判定", width: 24, cell: (row) => (row.judgement ? <JudgementLine judgement={row.judgement} unit={row.unit.id} year={indicator.year} /> : <span className="muted">分解表没有这条要求</span>) },
  ];
  if (indicator.may_overrule) columns.push({ id: "decide", header: "处理", width: 8, cell: (row) => row.judgement && <Button onClick={() => onDecide(row)} aria-label={`${row.judgement.overruled ? "撤回对" : "改判"}${row.unit.name}${row.judgement.overruled ? "的改判" : ""}`}>{row.judgement.overruled ? "撤回改判" : "改判…"}</Button> });
  return columns;
}

function History({ indicator }: { indicator: IndicatorDetail }) {
  if (indicator.history.length === 0) return null;
  const columns: Column<IndicatorDetail["history"][number]>[] = [
    { id: "ends", header: "期末", primary: true, cell: (row) => showDate(row.ends_on) },
    { id: "value", header: "冻结值", width: 8, cell: (row) => (row.value === null ? "—" : `${row.value}${indicator.unit_of_value}`) },
    { id: "parts", header: "分子 / 分母", width: 9, cell: (row) => `${row.numerator} / ${row.denominator}` },
    { id: "verdict", header: "当时的判定", width: 9, cell: (row) => <VerdictTag verdict={row.verdict} /> },
    { id: "at", header: "冻结时间", width: 16, cell: (row) => (
      <span className="row">
        {showTime(row.frozen_at)}
        {row.late && <Tag tone="ochre">补冻结，按当时的登记计算</Tag>}
      </span>
    ) },
  ];
  return (
    <section className="stack-tight" aria-label="历期冻结值">
      <h2>历期冻结值</h2>
      <DataTable caption="历期冻结值" columns={columns} rows={[...indicator.history].sort((a, b) => b.ends_on.localeCompare(a.ends_on))} rowKey={(row) => row.ends_on} />
    </section>
  );
}

const MISSING = [{ id: "missing", label: "只看未达要求的", tone: "seal" as const }];

function Rows({ indicator }: { indicator: IndicatorDetail }) {
  const search = useSearch({ from: "/inside/indicators/$key" });
  const navigate = useNavigate({ from: "/indicators/$key" });
  const { data, error, refetch } = useQuery(rowsQuery(indicator.key, search));
  const page = search.page ?? 1;
  return (
    <section className="stack-tight" aria-label="计入的条目">
      <h2>计入的条目{data ? `（${data.total}）` : ""}</h2>
      <FilterChips label="条目筛选" items={MISSING} value={search.missing ? "missing" : null} onChange={(value) => void navigate({ search: ({ page: _page, missing: _missing, ...now }) => (value ? { ...now, missing: true } : now) })} />
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading lines={4} />
      ) : (
        <>
          <DataTable caption="计入的条目" columns={rowColumns(indicator)} rows={data.items} rowKey={(row) => row.id} empty={<EmptyState title="没有条目">{search.missing ? "没有未达要求的。" : "专项台账里登记了，就列在这里。"}</EmptyState>} />
          {data.total > 0 && <Pager page={page} size={20} total={data.total} onPage={(next) => void navigate({ search: ({ page: _page, ...now }) => (next > 1 ? { ...now, page: next } : now) })} />}
        </>
      )}
    </section>
  );
}

function rowColumns(indicator: IndicatorDetail): Column<CountedRow>[] {
  const columns: Column<CountedRow>[] = [
    { id: "title", header: "条目", primary: true, cell: (row) => <Link to="/registers/$slug/$id" params={{ slug: row.slug, id: row.id }}>{row.title}</Link> },
    { id: "unit", header: "单位", width: 10, cell: (row) => row.unit.short_name },
    { id: "opened", header: "起始", width: 10, cell: (row) => showDate(row.opened_on) },
    { id: "closed", header: "办结", width: 10, cell: (row) => showDate(row.closed_on) },
  ];
  if (indicator.shape === "worst") columns.push({ id: "worst", header: "天数", width: 5, align: "end", cell: (row) => row.worst ?? "—" });
  else columns.push({ id: "counted", header: "计入", width: 7, align: "end", cell: (row) => `${row.numerator} / ${row.denominator}` });
  columns.push({ id: "short", header: "影响", width: 7.5, cell: (row) => row.short && <Tag tone="seal" shape="◆">未达要求</Tag> });
  return columns;
}

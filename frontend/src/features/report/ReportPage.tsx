import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";

import { api } from "@/api/client";
import { plansQuery, unitTreeQuery } from "@/api/query";
import type { Aggregate, AggregateCategory, AggregateStats, AggregateTask, DutyRow } from "@/api/types";
import { useMe } from "@/app/session";
import { showDate, showTime } from "@/lib/dates";
import { showRate } from "@/lib/numbers";
import { DataTable, type Column } from "@/ui/DataTable";
import { Card, Fold, Meter, PageHeader } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { LightShape, LIGHTS, Tag } from "@/ui/Tag";
import { UnitPicker } from "@/ui/UnitPicker";

import "./report.css";

/** 年度汇总：为年度报告备好的数，件件能点回原处。 */
export function ReportPage() {
  const me = useMe();
  const search = useSearch({ from: "/inside/report" });
  const navigate = useNavigate({ from: "/report" });
  const whole = me.role !== "reporter" && me.role !== "signer";
  const { data: tree } = useQuery({ ...unitTreeQuery, enabled: whole && search.unit === undefined });
  const { data: plans } = useQuery(plansQuery);
  const year = search.year ?? Number(me.today.slice(0, 4));
  const unit = search.unit ?? (whole ? tree?.[0]?.id : me.unit.id);
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ["report", year, unit],
    queryFn: ({ signal }) => api.get<Aggregate>("/annual-reports/aggregate", { year, unit_id: unit }, signal),
    enabled: unit !== undefined,
    placeholderData: keepPreviousData,
  });
  const years = [...new Set([...(plans?.items.map((plan) => plan.year) ?? []), year])].sort((a, b) => b - a);
  return (
    <>
      <PageHeader title={`${year} 年度汇总`} lead={data ? `${data.unit.name}　${showTime(data.generated_at)}生成` : undefined} />
      <div className="filters no-print">
        <Select label="年度" value={String(year)} options={years.map((item) => ({ id: String(item), label: `${item} 年` }))} onChange={(value) => void navigate({ search: (now) => ({ ...now, year: Number(value) }) })} />
        {whole && <UnitPicker label="单位（含下级）" value={unit ?? null} onChange={(id) => void navigate({ search: ({ unit: _old, ...now }) => (id ? { ...now, unit: id } : now) })} />}
      </div>
      {error && !isPlaceholderData && !data ? <ErrorState error={error} onRetry={() => void refetch()} /> : data ? <Report data={data} /> : <Loading lines={8} />}
    </>
  );
}

function Report({ data }: { data: Aggregate }) {
  if (data.totals.assignments.total === 0) {
    return <EmptyState title={`${data.year} 年还没有任务`}>任务分解表下达之后，这里按类别汇总各单位的落实情况。</EmptyState>;
  }
  return (
    <>
      <Totals stats={data.totals} />
      {data.by_category.map((category) => (
        <Category key={category.category} category={category} />
      ))}
      <Roster roster={data.roster} />
      <Card title="法定报表数据">
        <p className="muted">
          年度报告第二、三、四部分的数据，在年度报告功能上线后于此汇总。已有的报表可先到<Link to="/annual-reports/check">年报核对</Link>核对。
        </p>
      </Card>
    </>
  );
}

function Totals({ stats }: { stats: AggregateStats }) {
  const { total, completed, continuing, in_progress, not_started } = stats.assignments;
  return (
    <Card ledger title="总况">
      <p className="report-headline">
        分工 <b>{total}</b> 项，已完成 <b>{completed}</b>，持续推进 <b>{continuing}</b>，推进中 <b>{in_progress}</b>，未启动 <b>{not_started}</b>。
      </p>
      <div className="report-figures">
        <Figure label="按期填报" value={showRate(stats.on_time_rate, "期")} rate={stats.on_time_rate} />
        <Figure label="审核通过" value={showRate(stats.accepted_rate, "件")} rate={stats.accepted_rate} />
        <Figure label="要求已完成" value={`${stats.duties.total} 条中 ${stats.duties.met} 条`} rate={{ numerator: stats.duties.met, denominator: stats.duties.total }} />
      </div>
      <LightCounts lights={stats.lights} />
    </Card>
  );
}

function Figure({ label, value, rate }: { label: string; value: string; rate: { numerator: number; denominator: number } }) {
  return (
    <div>
      <p className="muted">{label}</p>
      <p className="report-number">{value}</p>
      {rate.denominator > 0 && (
        <p className="row small muted">
          <Meter value={rate.numerator / rate.denominator} tone="bamboo" /> {rate.numerator} / {rate.denominator}
        </p>
      )}
    </div>
  );
}

function LightCounts({ lights }: { lights: AggregateStats["lights"] }) {
  return (
    <ul className="row" aria-label="各灯数量">
      {(["red", "yellow", "green", "blue"] as const).map((light) => (
        <li key={light} className="light-count">
          <LightShape light={light} />
          {LIGHTS[light].name}（{LIGHTS[light].meaning}）<b>{lights[light]}</b>
        </li>
      ))}
    </ul>
  );
}

const COLUMNS: Column<AggregateTask>[] = [
  {
    id: "title",
    header: "任务",
    primary: true,
    cell: (row) => (
      <Link to="/tasks/$taskId" params={{ taskId: row.task.id }}>
        {row.task.position}. {row.task.title}
      </Link>
    ),
  },
  { id: "total", header: "分工", width: 5, align: "end", cell: (row) => row.assignments.total },
  { id: "completed", header: "已完成", width: 6, align: "end", cell: (row) => row.assignments.completed },
  { id: "continuing", header: "持续推进", width: 7, align: "end", wideOnly: true, cell: (row) => row.assignments.continuing },
  { id: "red", header: "逾期", width: 5, align: "end", cell: (row) => <span className={row.lights.red > 0 ? "tag-text-seal" : undefined}>{row.lights.red}</span> },
  { id: "ontime", header: "按期填报", width: 11, align: "end", cell: (row) => showRate(row.on_time_rate, "期") },
  { id: "accepted", header: "审核通过", width: 11, align: "end", wideOnly: true, cell: (row) => showRate(row.accepted_rate, "件") },
  { id: "duties", header: "要求完成", width: 8, align: "end", cell: (row) => `${row.duties.met} / ${row.duties.total}` },
];

function Category({ category }: { category: AggregateCategory }) {
  return (
    <section className="stack" aria-label={category.category}>
      <div className="row-between">
        <h2 className="report-category">{category.category}</h2>
        <span className="muted">
          {category.tasks.length} 项任务　要求完成 {category.duties.met} / {category.duties.total}
        </span>
      </div>
      <DataTable caption={category.category} columns={COLUMNS} rows={category.tasks} rowKey={(row) => row.task.id} />
      {category.tasks.map((task) => (
        <TaskRows key={task.task.id} task={task} />
      ))}
    </section>
  );
}

/** 一项任务背后的条目：完成的、没完成的要求，通过的进展。 */
function TaskRows({ task }: { task: AggregateTask }) {
  const count = task.duties_met.length + task.duties_not_met.length + task.texts.length;
  if (count === 0) return null;
  return (
    <Fold summary={`${task.task.position}. ${task.task.title}：要求已完成 ${task.duties_met.length} 条、未完成 ${task.duties_not_met.length} 条、持续推进 ${task.duties.ongoing} 条，进展 ${task.texts.length} 段`}>
      <div className="stack report-rows">
        {task.duties_not_met.length > 0 && <DutyRows title="未完成的要求" rows={task.duties_not_met} />}
        {task.duties_met.length > 0 && <DutyRows title="已完成的要求" rows={task.duties_met} />}
        {task.texts.length > 0 && (
          <section className="stack-tight">
            <h3>进展（按先后）</h3>
            <ol className="stack-tight">
              {task.texts.map((text) => (
                <li key={text.submission_id} className="report-text">
                  <p className="row small muted">
                    <Link to="/submissions/$id" params={{ id: text.submission_id }}>
                      {text.unit.name} {text.period_label}
                    </Link>
                    <span>{showTime(text.accepted_at)}通过</span>
                  </p>
                  <p className="prose">{text.text}</p>
                </li>
              ))}
            </ol>
          </section>
        )}
      </div>
    </Fold>
  );
}

function DutyRows({ title, rows }: { title: string; rows: readonly DutyRow[] }) {
  return (
    <section className="stack-tight">
      <h3>{title}</h3>
      <ul className="stack-tight">
        {rows.map((row) => (
          <li key={`${row.duty_id}-${row.assignment_id}`} className="row">
            <Link to="/assignments/$assignmentId" params={{ assignmentId: row.assignment_id }}>
              {row.unit.name}
            </Link>
            <span>“{row.text}”</span>
            {row.done_on && <span className="muted">{showDate(row.done_on)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Roster({ roster }: { roster: Aggregate["roster"] }) {
  return (
    <Card title="名册">
      <p>
        计入 <b>{roster.counted.length}</b> 个单位，缺报 <b className={roster.missing.length > 0 ? "tag-text-seal" : undefined}>{roster.missing.length}</b> 个，不计 {roster.excluded.length} 个。
      </p>
      {roster.missing.length > 0 && (
        <ul className="row" aria-label="缺报单位">
          {roster.missing.map((unit) => (
            <li key={unit.id}>
              <Tag tone="seal" shape="◆">
                {unit.name}
                {unit.owed !== undefined && `（欠 ${unit.owed}）`}
              </Tag>
            </li>
          ))}
        </ul>
      )}
      <Fold summary={`计入的 ${roster.counted.length} 个单位`}>
        <ul className="row">
          {roster.counted.map((unit) => (
            <li key={unit.id}>
              <Tag>
                {unit.name}
                {unit.submissions !== undefined && ` ${unit.submissions} 件`}
              </Tag>
            </li>
          ))}
        </ul>
      </Fold>
      {roster.excluded.length > 0 && (
        <Fold summary={`不计的 ${roster.excluded.length} 个单位`}>
          <ul className="stack-tight">
            {roster.excluded.map((unit) => (
              <li key={unit.id}>
                {unit.name} <span className="muted">{unit.reason}</span>
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </Card>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";

import { taskQuery } from "@/api/progress";
import type { Assignment, Duty, TaskDetail } from "@/api/types";
import { showDate } from "@/lib/dates";
import { today } from "@/lib/today";
import { DataTable, type Column } from "@/ui/DataTable";
import { DutyText, dutyTerms } from "@/ui/DutyText";
import { Card, PageHeader } from "@/ui/Page";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { Light, LightShape, LIGHTS, StateTag, Tag } from "@/ui/Tag";

import "./assignments.css";

/** 分解表的一行：原文、读出的要求、各单位落实到哪。 */
export function TaskPage() {
  const { taskId } = useParams({ from: "/inside/tasks/$taskId" });
  const { data, error, refetch } = useQuery(taskQuery(taskId));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={8} />;
  return (
    <>
      <PageHeader
        title={data.title}
        lead={
          <>
            <span>第 {data.position} 项</span>
            <span>{data.category}</span>
            {data.subcategory && <span>{data.subcategory}</span>}
          </>
        }
      />
      <div className="assignment">
        <Card ledger title="任务原文">
          <DutyText content={data.content} duties={data.duties} />
          <p className="muted small">责任单位：{data.assignees_text}</p>
        </Card>
        <Card title={`读出的要求（${data.duties.length}）`}>{data.duties.length === 0 ? <p className="muted">没有可逐条核对的要求。</p> : <Duties duties={data.duties} />}</Card>
      </div>
      <Units task={data} />
    </>
  );
}

function Duties({ duties }: { duties: readonly Duty[] }) {
  return (
    <ol className="assignment-duties">
      {duties.map((duty, index) => (
        <li key={duty.id}>
          <span className="duty-number">{index + 1}</span>
          <div className="stack-tight">
            <p>“{duty.text}”</p>
            <p className="row small">
              <Tag>{duty.kind_words}</Tag>
              {dutyTerms(duty, (iso) => showDate(iso)).map((term) => (
                <span key={term} className="muted">
                  {term}
                </span>
              ))}
              {duty.within && (
                <Link to="/deadlines" search={{ start: today(), n: duty.within.amount, unit: duty.within.unit }}>
                  推算期限
                </Link>
              )}
              {duty.owner_unit && <span className="muted">由 {duty.owner_unit.name} 负责</span>}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}

const COLUMNS: Column<Assignment>[] = [
  {
    id: "unit",
    header: "责任单位",
    primary: true,
    cell: (row) => (
      <Link to="/assignments/$assignmentId" params={{ assignmentId: row.id }}>
        {row.unit.name}
      </Link>
    ),
  },
  { id: "role", header: "分工", width: 6, cell: (row) => row.role_words },
  { id: "state", header: "状态", width: 7, cell: (row) => row.state_words },
  { id: "light", header: "灯", width: 20, cell: (row) => <Light light={row.light} words={row.light_words} /> },
  {
    id: "latest",
    header: "最近填报",
    width: 16,
    wideOnly: true,
    cell: (row) =>
      row.submission ? (
        <span className="row">
          <Link to="/submissions/$id" params={{ id: row.submission.id }}>
            {row.submission.period_label}
          </Link>
          <StateTag state={row.submission.state} words={row.submission.state_words} />
        </span>
      ) : (
        <span className="muted">没有</span>
      ),
  },
];

function Units({ task }: { task: TaskDetail }) {
  return (
    <section className="stack-tight" aria-label="责任单位">
      <div className="row-between">
        <h2>责任单位（{task.assignments.length}）</h2>
        <ul className="row" aria-label="各灯数量">
          {(["red", "yellow", "green", "blue"] as const).map((light) => (
            <li key={light} className="row">
              <LightShape light={light} />
              {LIGHTS[light].name} {task.lights[light]}
            </li>
          ))}
        </ul>
      </div>
      <DataTable caption="责任单位" columns={COLUMNS} rows={task.assignments} rowKey={(row) => row.id} empty={<EmptyState title="还没有落到单位" />} />
    </section>
  );
}

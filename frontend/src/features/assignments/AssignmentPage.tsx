import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";

import { assignmentQuery, taskQuery } from "@/api/progress";
import type { AssignmentDetail, AssignmentDuty } from "@/api/types";
import { useMay, useMe } from "@/app/session";
import { dueWords, showDate, showTime } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { DataTable, type Column } from "@/ui/DataTable";
import { DutyText, dutyTerms } from "@/ui/DutyText";
import { JudgementLine } from "@/ui/Judgement";
import { Card, Facts, PageHeader } from "@/ui/Page";
import { StartButton } from "@/ui/StartButton";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { ClaimTag, Light, StateTag, Tag } from "@/ui/Tag";

import "./assignments.css";

const MemoDialog = lazy(async () => ({ default: (await import("./MemoDialog")).MemoDialog }));
const LatePermitDialog = lazy(async () => ({ default: (await import("./LatePermitDialog")).LatePermitDialog }));

/** 一个单位承担的一项任务：原文、要求、历次填报。 */
export function AssignmentPage() {
  const { assignmentId } = useParams({ from: "/inside/assignments/$assignmentId" });
  const assignment = useQuery(assignmentQuery(assignmentId));
  const task = useQuery({ ...taskQuery(assignment.data?.task.id ?? ""), enabled: assignment.data !== undefined });
  const failed = [assignment, task].find((query) => query.isError && query.data === undefined);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!assignment.data || !task.data) return <Loading lines={8} />;
  return <Assignment assignment={assignment.data} content={task.data.content} assignees={task.data.assignees_text} />;
}

function Assignment({ assignment, content, assignees }: { assignment: AssignmentDetail; content: string; assignees: string }) {
  const me = useMe();
  const writes = useMay("progress:submission:write") && me.unit.id === assignment.unit.id;
  const [granting, setGranting] = useState(false);
  const [noting, setNoting] = useState(false);
  const owed = assignment.report_due_on;
  return (
    <>
      <PageHeader
        title={assignment.task.title}
        lead={
          <>
            <strong>{assignment.unit.name}</strong>
            <Tag tone={assignment.role === "support" ? "ink" : "blue"}>{assignment.role_words}</Tag>
            <Tag>{assignment.state_words}</Tag>
            <Light light={assignment.light} words={assignment.light_words} />
          </>
        }
        actions={
          <>
            {assignment.actions.includes("edit") && <Button onClick={() => setNoting(true)}>责任人与备注…</Button>}
            {assignment.actions.includes("permit") && <Button onClick={() => setGranting(true)}>准予补报…</Button>}
            {writes && <StartButton assignment={assignment} today={me.today} variant="primary" />}
          </>
        }
      />
      <Card>
        <Facts
          items={[
            { label: "所属", value: `${assignment.plan.year} 年 · ${assignment.task.category}` },
            { label: "分解表中的写法", value: assignment.phrase || assignees },
            { label: "完成期限", value: assignment.due_on ? `${showDate(assignment.due_on)}${assignment.completed_on ? "" : `（${dueWords(me.today, assignment.due_on)}）`}` : "没有写明日期" },
            { label: "完成日期", value: showDate(assignment.completed_on, "尚未完成") },
            ...(assignment.contact ? [{ label: "责任人及联系方式", value: assignment.contact }] : []),
            ...(assignment.note ? [{ label: "备注", value: <span className="prose">{assignment.note}</span> }] : []),
            { label: "下一次填报", value: owed ? `${assignment.report_period?.label ?? ""}，${showDate(owed)}前（${dueWords(me.today, owed)}）` : "眼下没有要报的" },
          ]}
        />
      </Card>
      <div className="assignment">
        <Card ledger title="任务原文">
          <DutyText content={content} duties={assignment.duties} />
          <p className="muted small">责任单位：{assignees}</p>
        </Card>
        <Card title={`要求（${assignment.duties.length}）`}>
          {assignment.duties.length === 0 ? <p className="muted">这一项没有读出可逐条核对的要求，按文字填报进展即可。</p> : <Duties duties={assignment.duties} unit={assignment.unit.id} year={assignment.plan.year} />}
        </Card>
      </div>
      <section className="stack-tight" aria-label="历次填报">
        <h2>历次填报</h2>
        <DataTable caption="历次填报" columns={COLUMNS} rows={assignment.submissions} rowKey={(row) => row.id} empty={<EmptyState title="还没有填报">{writes ? "点上面的“填报”开始写第一期。" : "单位还没有交过。"}</EmptyState>} />
      </section>
      {noting && (
        <Suspense>
          <MemoDialog assignment={assignment} onClose={() => setNoting(false)} />
        </Suspense>
      )}
      {granting && (
        <Suspense>
          <LatePermitDialog assignment={assignment} onClose={() => setGranting(false)} />
        </Suspense>
      )}
    </>
  );
}

function Duties({ duties, unit, year }: { duties: readonly AssignmentDuty[]; unit: string; year: number }) {
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
            </p>
            {duty.judgement && <JudgementLine judgement={duty.judgement} unit={unit} year={year} />}
            <p className="row small">
              {duty.claim ? (
                <>
                  <ClaimTag outcome={duty.claim.outcome} />
                  {duty.claim.value !== null && (
                    <span>
                      {duty.claim.value}
                      {duty.threshold?.unit}
                    </span>
                  )}
                  {duty.claim.done_on && <span>{showDate(duty.claim.done_on)}</span>}
                  <span className="muted">
                    {duty.claim.period_label}申报{duty.claim.accepted ? "，已审核通过" : "，待审核"}
                  </span>
                </>
              ) : (
                <span className="muted">尚未申报</span>
              )}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}

type Row = AssignmentDetail["submissions"][number];

const COLUMNS: Column<Row>[] = [
  {
    id: "period",
    header: "期次",
    primary: true,
    cell: (row) => (
      <Link to="/submissions/$id" params={{ id: row.id }}>
        {row.period.label}
      </Link>
    ),
  },
  { id: "state", header: "状态", width: 9, cell: (row) => <StateTag state={row.state} words={row.state_words} /> },
  { id: "due", header: "应报", width: 11, wideOnly: true, cell: (row) => showDate(row.period.due_on) },
  { id: "first", header: "首次提交", width: 15, cell: (row) => showTime(row.first_submitted_at, "未提交") },
  { id: "late", header: "及时", width: 7, cell: (row) => (row.first_submitted_at === null ? "—" : row.late ? <Tag tone="seal">逾期</Tag> : <Tag tone="bamboo">及时</Tag>) },
  { id: "revision", header: "版次", width: 6, align: "end", wideOnly: true, cell: (row) => row.revision },
];

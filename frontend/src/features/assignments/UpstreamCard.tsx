import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { downstreamQuery } from "@/api/progress";
import type { DownstreamTask, TaskDetail, Upstream } from "@/api/types";
import { Button } from "@/ui/Button";
import { Card, Fold } from "@/ui/Page";
import { DataTable, type Column } from "@/ui/DataTable";
import { ErrorState, Loading } from "@/ui/States";

import { UpstreamDialog } from "./UpstreamDialog";

/** 上下级：来自上级哪一项，下级又有哪几项承接。 */
export function UpstreamCard({ task }: { task: TaskDetail }) {
  const [choosing, setChoosing] = useState(false);
  const may = task.actions.includes("link");
  if (task.upstream === null && task.downstream_count === 0 && !may) return null;
  return (
    <Card
      title="上下级"
      actions={
        may && (
          <Button small onClick={() => setChoosing(true)}>
            {task.upstream ? "更改上级任务…" : "指定上级任务…"}
          </Button>
        )
      }
    >
      {task.upstream ? <From upstream={task.upstream} /> : <p className="muted">没有指明来自上级哪项任务。</p>}
      {task.downstream_count > 0 && (
        <Fold summary={`下级承接：${task.downstream_count}`}>
          <Below taskId={task.id} />
        </Fold>
      )}
      {choosing && <UpstreamDialog task={task} onClose={() => setChoosing(false)} />}
    </Card>
  );
}

function From({ upstream }: { upstream: Upstream }) {
  const source = [upstream.plan_title && `《${upstream.plan_title}》`, upstream.document_no && `（${upstream.document_no}）`].filter(Boolean).join("");
  return (
    <div className="stack-tight">
      <p>
        来自上级任务：
        {upstream.openable && upstream.task_id ? (
          <Link to="/tasks/$taskId" params={{ taskId: upstream.task_id }}>
            {upstream.title}
          </Link>
        ) : (
          <strong>{upstream.title}</strong>
        )}
      </p>
      <p className="muted small">
        {upstream.unit && `${upstream.unit.name}　`}
        {source}
        {upstream.position !== null && `　第 ${upstream.position} 项`}
      </p>
      {upstream.text && (
        <Fold summary="上级原文">
          <p className="prose">{upstream.text}</p>
        </Fold>
      )}
    </div>
  );
}

const COLUMNS: Column<DownstreamTask>[] = [
  {
    id: "title",
    header: "任务",
    primary: true,
    cell: (row) => (
      <Link to="/tasks/$taskId" params={{ taskId: row.id }}>
        {row.position}. {row.title}
      </Link>
    ),
  },
  { id: "unit", header: "印发单位", width: 19, cell: (row) => row.unit.name },
  { id: "year", header: "年度", width: 5, cell: (row) => row.plan_year },
];

function Below({ taskId }: { taskId: string }) {
  const { data, error, refetch } = useQuery(downstreamQuery(taskId));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={2} />;
  return (
    <>
      <DataTable caption="下级承接的任务" columns={COLUMNS} rows={data.items} rowKey={(row) => row.id} />
      {data.total > data.items.length && <p className="muted small">只列出前 {data.items.length} 项，共 {data.total} 项。</p>}
    </>
  );
}

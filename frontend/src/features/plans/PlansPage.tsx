import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FileUp } from "lucide-react";

import { plansQuery } from "@/api/query";
import type { Plan, PlanImportHead } from "@/api/types";
import { useMay } from "@/app/session";
import { showDate, showTime } from "@/lib/dates";
import { LinkButton } from "@/ui/Button";
import { DataTable, type Column } from "@/ui/DataTable";
import { PageHeader } from "@/ui/Page";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { Tag } from "@/ui/Tag";

import { CYCLE, importsQuery, STATUS } from "./queries";

/** 任务分解表：历年的，和正在导入的。 */
export function PlansPage() {
  const writes = useMay("plans:plan:write");
  const { data, error, refetch } = useQuery(plansQuery);
  const imports = useQuery({ ...importsQuery, enabled: writes });
  const drafts = imports.data?.items.filter((item) => item.state !== "committed") ?? [];
  const start = (
    <LinkButton to="/plans/import" variant="primary" icon={FileUp}>
      导入分解表
    </LinkButton>
  );
  return (
    <>
      <PageHeader title="任务分解表" actions={writes && start} />
      {drafts.length > 0 && (
        <section className="stack-tight" aria-label="正在导入">
          <h2>正在导入（{drafts.length}）</h2>
          <DataTable caption="正在导入" columns={DRAFTS} rows={drafts} rowKey={(row) => row.id} />
        </section>
      )}
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <section className="stack-tight" aria-label="分解表">
          <h2>分解表</h2>
          <DataTable
            caption="分解表"
            columns={PLANS}
            rows={data.items}
            rowKey={(row) => row.id}
            empty={
              <EmptyState title="还没有分解表" action={writes && start}>
                把印发的《重点任务分解表》（Word、Excel、网页或文本）导入进来，逐条读成任务。
              </EmptyState>
            }
          />
        </section>
      ) : (
        <Loading />
      )}
    </>
  );
}

const PLANS: Column<Plan>[] = [
  {
    id: "title",
    header: "名称",
    primary: true,
    cell: (row) => (
      <Link to="/plans/$id" params={{ id: row.id }}>
        {row.title}
      </Link>
    ),
  },
  { id: "year", header: "年度", width: 6, cell: (row) => `${row.year} 年` },
  { id: "no", header: "文号", width: 14, wideOnly: true, cell: (row) => row.document_no ?? "—" },
  { id: "issued", header: "印发日期", width: 10, wideOnly: true, cell: (row) => showDate(row.issued_on) },
  { id: "cycle", header: "填报", width: 5, cell: (row) => CYCLE[row.cycle] },
  { id: "tasks", header: "任务", width: 5, align: "end", cell: (row) => row.counts.tasks },
  { id: "assignments", header: "分工", width: 5, align: "end", cell: (row) => row.counts.assignments },
  {
    id: "status",
    header: "状态",
    width: 8,
    cell: (row) => (
      <Tag tone={row.status === "issued" ? "bamboo" : row.status === "draft" ? "violet" : "ink"} shape={row.status === "issued" ? "●" : row.status === "draft" ? "○" : "■"}>
        {STATUS[row.status]}
      </Tag>
    ),
  },
];

const DRAFTS: Column<PlanImportHead>[] = [
  {
    id: "title",
    header: "名称",
    primary: true,
    cell: (row) => (
      <Link to="/plans/import/$id" params={{ id: row.id }}>
        {row.title}
      </Link>
    ),
  },
  { id: "file", header: "文件", width: 16, cell: (row) => row.file_name },
  { id: "tasks", header: "任务", width: 5, align: "end", cell: (row) => row.summary.tasks },
  { id: "left", header: "待定", width: 6, align: "end", cell: (row) => <span className={row.summary.undecided + row.summary.unknown > 0 ? "tag-text-ochre" : undefined}>{row.summary.undecided + row.summary.unknown} 处</span> },
  { id: "state", header: "状态", width: 7, cell: (row) => (row.state === "partly" ? <Tag tone="ochre" shape="◐">部分成表</Tag> : <Tag tone="violet" shape="○">草稿</Tag>) },
  { id: "at", header: "导入时间", width: 15, wideOnly: true, cell: (row) => showTime(row.created_at) },
];

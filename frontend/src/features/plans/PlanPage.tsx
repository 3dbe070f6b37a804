import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams, useRouter } from "@tanstack/react-router";
import { FileDown } from "lucide-react";
import { useState } from "react";

import { api, download } from "@/api/client";
import { wordsOf } from "@/api/problem";
import { periodsQuery } from "@/api/progress";
import type { Period, Plan, Task } from "@/api/types";
import { useMay } from "@/app/session";
import { showDate } from "@/lib/dates";
import { randomId } from "@/lib/id";
import { Button, LinkButton } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/Dialog";
import { DataTable, type Column } from "@/ui/DataTable";
import { Facts, Fold, PageHeader } from "@/ui/Page";
import { ErrorState, Loading } from "@/ui/States";
import { Tag } from "@/ui/Tag";
import { toast } from "@/ui/Toast";

import { IssueDialog } from "./IssueDialog";
import { CYCLE, importsQuery, planQuery, planTasksQuery, STATUS } from "./queries";
import { ReleaseCard } from "./ReleaseCard";
import { RoundTripCard } from "./RoundTripCard";
import "./plans.css";

const PERIOD_WORDS = { future: "未开放", open: "填报中", late: "已过应报日", closed: "已关闭" } as const;

/** 一份分解表：任务、期次，印发、办结、沿用。 */
export function PlanPage() {
  const { id } = useParams({ from: "/inside/plans/$id" });
  const plan = useQuery(planQuery(id));
  const tasks = useQuery(planTasksQuery(id));
  const failed = [plan, tasks].find((query) => query.isError && query.data === undefined);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!plan.data || !tasks.data) return <Loading lines={8} />;
  return <PlanView plan={plan.data} tasks={tasks.data} />;
}

function PlanView({ plan, tasks }: { plan: Plan; tasks: Task[] }) {
  const client = useQueryClient();
  const router = useRouter();
  const [asking, setAsking] = useState<"issue" | "close" | "copy" | null>(null);
  const periods = useQuery({ ...periodsQuery(plan.id), enabled: plan.status !== "draft" });
  const imports = useQuery({ ...importsQuery, enabled: plan.status === "draft" && plan.actions.includes("edit") });
  const source = imports.data?.items.find((item) => item.plan_id === plan.id);
  const refresh = async (saved: Plan) => {
    client.setQueryData(planQuery(saved.id).queryKey, saved);
    await client.invalidateQueries({ queryKey: ["plans"] });
  };
  const get = (kind: string) => void download(`/plans/${plan.id}/ledger.${kind}`, `台账.${kind}`).catch((failure: unknown) => toast.error(wordsOf(failure)));
  const roundTrip = useMay("plans:plan:write") && plan.status !== "closed";
  const categories = [...new Set(tasks.map((task) => task.category))];
  return (
    <>
      <PageHeader
        title={plan.title}
        back={<Link to="/plans">← 任务分解表</Link>}
        lead={
          <>
            <Tag tone={plan.status === "issued" ? "bamboo" : plan.status === "draft" ? "violet" : "ink"}>{STATUS[plan.status]}</Tag>
            <span>{plan.document_no}</span>
            <span>{plan.unit.name}</span>
            {source && (
              <Link to="/plans/import/$id" params={{ id: source.id }}>
                由《{source.file_name}》导入，可回去撤销
              </Link>
            )}
          </>
        }
        actions={
          <>
            {plan.status !== "draft" && (
              <>
                <LinkButton to="/ledger" search={{ plan: plan.id }}>
                  看台账
                </LinkButton>
                {!roundTrip && (
                  <Button icon={FileDown} onClick={() => get("xlsx")}>
                    导出 Excel
                  </Button>
                )}
                <Button icon={FileDown} onClick={() => get("docx")}>
                  导出 Word
                </Button>
              </>
            )}
            {roundTrip && (
              <LinkButton to="/plans/$id/upstream" params={{ id: plan.id }}>
                对应上级任务
              </LinkButton>
            )}
            {plan.actions.includes("copy") && <Button onClick={() => setAsking("copy")}>沿用到下一年</Button>}
            {plan.actions.includes("close") && <Button onClick={() => setAsking("close")}>办结…</Button>}
            {plan.actions.includes("issue") && (
              <Button variant="primary" onClick={() => setAsking("issue")}>
                印发…
              </Button>
            )}
          </>
        }
      />
      <Facts
        items={[
          { label: "年度", value: `${plan.year} 年` },
          { label: "印发日期", value: showDate(plan.issued_on) },
          { label: "填报周期", value: `${CYCLE[plan.cycle]}，次月 ${plan.due_day} 日前报，${plan.closes_day} 日关闭` },
          { label: "规模", value: `任务 ${plan.counts.tasks}、分工 ${plan.counts.assignments}、要求 ${plan.counts.duties}、单位 ${plan.counts.units}` },
        ]}
      />
      {roundTrip && <RoundTripCard plan={plan} />}
      {periods.data && <ReleaseCard plan={plan} periods={periods.data} />}
      {periods.data && periods.data.length > 0 && (
        <Fold summary={`填报期次（${periods.data.length}）`}>
          <DataTable caption="填报期次" columns={PERIODS} rows={periods.data} rowKey={(row) => row.id} />
        </Fold>
      )}
      {categories.map((category) => (
        <section key={category} className="stack-tight" aria-label={category}>
          <h2 className="import-category">{category}</h2>
          <DataTable caption={category} columns={TASKS} rows={tasks.filter((task) => task.category === category)} rowKey={(row) => row.id} />
        </section>
      ))}
      {asking === "issue" && <IssueDialog plan={plan} onClose={() => setAsking(null)} onDone={refresh} />}
      <ConfirmDialog title="办结这份分解表？" isOpen={asking === "close"} onClose={() => setAsking(null)} confirm="办结" danger onConfirm={async () => refresh(await api.post<Plan>(`/plans/${plan.id}/close`, undefined, { version: plan.version }))}>
        办结后不再接收填报，内容仍可查阅。
      </ConfirmDialog>
      <ConfirmDialog
        title={`沿用到 ${plan.year + 1} 年？`}
        isOpen={asking === "copy"}
        onClose={() => setAsking(null)}
        confirm="沿用"
        onConfirm={async () => {
          const copied = await api.post<Plan>(`/plans/${plan.id}/copy`, { year: plan.year + 1 }, { once: randomId() });
          await refresh(copied);
          await router.navigate({ to: "/plans/$id", params: { id: copied.id } });
        }}
      >
        得到一份未印发的 {plan.year + 1} 年分解表，任务与分工照抄，日期另定。
      </ConfirmDialog>
    </>
  );
}

const TASKS: Column<Task>[] = [
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
  { id: "assignees", header: "责任单位", width: 32, cell: (row) => row.assignees_text },
  { id: "duties", header: "要求", width: 5, align: "end", cell: (row) => row.duty_count },
  { id: "units", header: "分工", width: 5, align: "end", cell: (row) => row.assignment_count },
];

const PERIODS: Column<Period>[] = [
  { id: "label", header: "期次", primary: true, cell: (row) => row.label },
  { id: "opens", header: "开放", width: 11, cell: (row) => showDate(row.opens_on) },
  { id: "due", header: "应报", width: 11, cell: (row) => showDate(row.due_on) },
  { id: "closes", header: "关闭", width: 11, cell: (row) => showDate(row.closes_on) },
  { id: "state", header: "状态", width: 9, cell: (row) => PERIOD_WORDS[row.state] },
];

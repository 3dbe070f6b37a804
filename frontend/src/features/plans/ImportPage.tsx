import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams, useRouter } from "@tanstack/react-router";
import { FileDown, FileCheck2, Settings2 } from "lucide-react";
import { useState } from "react";

import { api, download } from "@/api/client";
import { isProblem, wordsOf } from "@/api/problem";
import type { ImportRow, Plan, PlanImport } from "@/api/types";
import { showDate } from "@/lib/dates";
import { randomId } from "@/lib/id";
import { Button, LinkButton } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Facts, PageHeader } from "@/ui/Page";
import { ErrorState, Loading } from "@/ui/States";
import { Tag } from "@/ui/Tag";
import { toast } from "@/ui/Toast";

import { DecidePanel } from "./DecidePanel";
import { HeadDialog } from "./HeadDialog";
import { ImportRows } from "./ImportRows";
import type { ImportPatch } from "./patches";
import { importQuery } from "./queries";
import { RowDialog } from "./RowDialog";
import "./plans.css";

/** 导入第二步：草稿与原文对着看，改、定、成表。 */
export function ImportPage() {
  const { id } = useParams({ from: "/inside/plans/import/$id" });
  const { data, error, refetch } = useQuery(importQuery(id));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={10} />;
  return <Review draft={data} />;
}

function Review({ draft }: { draft: PlanImport }) {
  const client = useQueryClient();
  const router = useRouter();
  const [editing, setEditing] = useState<ImportRow | null>(null);
  const [heading, setHeading] = useState(false);
  const [committing, setCommitting] = useState(false);
  const left = draft.summary.undecided + draft.summary.unknown;
  const done = draft.state === "committed";

  const change = useMutation({
    mutationFn: (patch: ImportPatch) => api.patch<PlanImport>(`/plan-imports/${draft.id}`, patch, draft.version),
    onSuccess: (saved) => client.setQueryData(importQuery(draft.id).queryKey, saved),
    onError: (failure) => {
      // 他人先改了：换上现状，请人在新的一版上再改
      if (isProblem(failure) && failure.status === 412) client.setQueryData(importQuery(draft.id).queryKey, failure.current<PlanImport>() ?? draft);
    },
  });
  const commit = async () => {
    const plan = await api.post<Plan>(`/plan-imports/${draft.id}/commit`, undefined, { once: randomId() });
    await client.invalidateQueries({ queryKey: ["plans"] });
    await client.invalidateQueries({ queryKey: ["imports"] });
    toast.ok("已成表，印发之前仍可修改");
    await router.navigate({ to: "/plans/$id", params: { id: plan.id } });
  };

  return (
    <>
      <PageHeader
        title={draft.title}
        back={<Link to="/plans">← 任务分解表</Link>}
        lead={
          <>
            <span>{draft.file_name}</span>
            <Tag tone={done ? "bamboo" : "violet"} shape={done ? "●" : "○"}>
              {done ? "已成表" : "草稿"}
            </Tag>
          </>
        }
        actions={
          <>
            <Button icon={FileDown} onClick={() => void download(`/plan-imports/${draft.id}/workbook`, "核对表.xlsx").catch((failure: unknown) => toast.error(wordsOf(failure)))}>
              核对表
            </Button>
            {done && draft.plan_id ? (
              <LinkButton to="/plans/$id" params={{ id: draft.plan_id }} variant="primary">
                看分解表
              </LinkButton>
            ) : (
              <>
                <Button icon={Settings2} onClick={() => setHeading(true)}>
                  改标题、年度
                </Button>
                <Button variant="primary" icon={FileCheck2} onClick={() => setCommitting(true)}>
                  成表
                </Button>
              </>
            )}
          </>
        }
      />
      <Facts
        items={[
          { label: "年度", value: `${draft.year} 年` },
          { label: "文号", value: draft.document_no ?? "没有认出" },
          { label: "印发", value: `${draft.issuer_text ?? ""} ${showDate(draft.issued_on, "日期没有认出")}` },
          { label: "读出", value: `${draft.summary.categories} 类、${draft.summary.tasks} 项任务、${draft.summary.duties} 条要求` },
          { label: "责任单位写法", value: `统称 ${draft.summary.tokens.collective} 种、具名 ${draft.summary.tokens.named} 种，展开 ${draft.summary.assignments} 项分工` },
          { label: "待您定", value: left > 0 ? <strong className="tag-text-ochre">{left} 处</strong> : "没有了" },
        ]}
      />
      {change.isError && (
        <Notice tone="error" title="没有存上">
          {wordsOf(change.error)}
        </Notice>
      )}
      {draft.problems.map((problem) => (
        <Notice key={problem.code + problem.message} tone="warn">
          {problem.message}
        </Notice>
      ))}
      {!done && <DecidePanel draft={draft} pending={change.isPending} onChange={(patch) => change.mutateAsync(patch)} />}
      <ImportRows draft={draft} onEdit={done ? undefined : setEditing} />
      {editing && <RowDialog key={`${editing.position}-${draft.version}`} row={editing} onClose={() => setEditing(null)} onSave={(patch) => change.mutateAsync({ rows: [patch] }).then(() => setEditing(null))} />}
      {heading && <HeadDialog draft={draft} onClose={() => setHeading(false)} onSave={(patch) => change.mutateAsync(patch).then(() => setHeading(false))} />}
      <ConfirmDialog title="成表？" isOpen={committing} onClose={() => setCommitting(false)} confirm="成表" onConfirm={commit}>
        {left > 0 ? <Notice tone="warn">还有 {left} 处责任单位没有指定，指定之后才能成表。</Notice> : <p>成表后得到一份未印发的分解表：{draft.summary.tasks} 项任务、{draft.summary.assignments} 项分工。印发之后各单位才看得到。</p>}
      </ConfirmDialog>
    </>
  );
}

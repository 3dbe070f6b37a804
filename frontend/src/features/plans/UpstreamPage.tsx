import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Link2 } from "lucide-react";
import { useState } from "react";

import { api } from "@/api/client";
import { touch } from "@/api/events";
import { wordsOf } from "@/api/problem";
import type { UpstreamCandidate, UpstreamSuggestion } from "@/api/types";
import { randomId } from "@/lib/id";
import { Button } from "@/ui/Button";
import { Checkbox, RadioGroup } from "@/ui/Checkbox";
import { Notice } from "@/ui/Notice";
import { Fold, PageHeader } from "@/ui/Page";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { toast } from "@/ui/Toast";

import { planQuery, upstreamSuggestionsQuery } from "./queries";
import "./roundtrip.css";

const NONE = "none";
const WRITTEN = "written";

/** 上级任务：整份分解表逐项对一遍上级的任务，一次确认。 */
export function UpstreamPage() {
  const { id } = useParams({ from: "/inside/plans/$id/upstream" });
  const plan = useQuery(planQuery(id));
  const found = useQuery(upstreamSuggestionsQuery(id));
  const failed = [plan, found].find((query) => query.isError && query.data === undefined);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!plan.data || !found.data) return <Loading lines={8} />;
  return (
    <>
      <PageHeader
        title="对应上级任务"
        back={
          <Link to="/plans/$id" params={{ id }}>
            ← {plan.data.title}
          </Link>
        }
        lead={<span>按文字相似给出建议，由您确认；上级印发的分解表只看得到任务文字。</span>}
      />
      <Links planId={id} tasks={found.data} />
    </>
  );
}

const linkedTo = (task: UpstreamSuggestion) => (task.upstream === null ? NONE : (task.upstream.task_id ?? WRITTEN));

function Links({ planId, tasks }: { planId: string; tasks: readonly UpstreamSuggestion[] }) {
  const [picks, setPicks] = useState<Record<string, string>>({});
  const [all, setAll] = useState(true);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const none = tasks.every((task) => task.candidates.length === 0);
  const pickOf = (task: UpstreamSuggestion) => picks[task.task_id] ?? (task.upstream === null ? (task.suggested ?? NONE) : linkedTo(task));
  const changed = tasks.filter((task) => pickOf(task) !== linkedTo(task));
  const confirm = async () => {
    setPending(true);
    setError(null);
    const links = changed.map((task) => ({ task_id: task.task_id, version: task.version, upstream: pickOf(task) === NONE ? null : { task_id: pickOf(task) } }));
    try {
      await api.post(`/plans/${planId}/upstream`, { links }, { once: randomId() });
      toast.ok(`已记下 ${links.length} 项任务的上级任务`);
      setPicks({});
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
      touch("plan");
    }
  };
  if (none) {
    return <EmptyState title="上级没有可对应的分解表">上级政府还没有在这里印发同年或相邻年度的分解表。可以在任务页写明上级文件的文号与原文。</EmptyState>;
  }
  const shown = all ? tasks : tasks.filter((task) => linkedTo(task) === NONE);
  return (
    <>
      <Checkbox checked={!all} onChange={(only) => setAll(!only)}>
        只看还没有对应的（{tasks.filter((task) => linkedTo(task) === NONE).length} 项）
      </Checkbox>
      <ul className="returned" aria-label="任务与可能的上级任务">
        {shown.map((task) => (
          <TaskLink key={task.task_id} task={task} pick={pickOf(task)} onPick={(pick) => setPicks((now) => ({ ...now, [task.task_id]: pick }))} />
        ))}
      </ul>
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
      <div className="returned-bar">
        <p>{changed.length > 0 ? `${changed.length} 项待确认，其中建议的已替您选上。` : "都已确认。"}</p>
        <Button variant="primary" icon={Link2} pending={pending} disabled={changed.length === 0} onClick={() => void confirm()}>
          确认 {changed.length} 项
        </Button>
      </div>
    </>
  );
}

function TaskLink({ task, pick, onPick }: { task: UpstreamSuggestion; pick: string; onPick: (pick: string) => void }) {
  const now = task.upstream;
  const held = now !== null && !task.candidates.some((candidate) => candidate.task_id === now.task_id);
  return (
    <li className="upstream-row">
      <div className="stack-tight">
        <h2 className="returned-name">
          <Link to="/tasks/$taskId" params={{ taskId: task.task_id }}>
            {task.position}. {task.title}
          </Link>
        </h2>
        <p className="muted small">{task.category}</p>
        <p className="prose upstream-excerpt">{task.text}</p>
      </div>
      <div className="stack-tight">
        <RadioGroup
          className="upstream-choices"
          label={`第 ${task.position} 项来自上级哪一项`}
          value={pick}
          options={[
            ...(held ? [{ id: now.task_id ?? WRITTEN, label: now.title, hint: `现在对应的 · ${now.plan_title ?? now.document_no ?? ""}` }] : []),
            ...task.candidates.map((candidate) => ({
              id: candidate.task_id,
              label: candidate.title,
              hint: `相似 ${Math.round(candidate.score * 100)}% · ${candidate.unit.name} ${candidate.year} 年第 ${candidate.position} 项${candidate.task_id === task.suggested ? " · 建议" : ""}`,
            })),
            { id: NONE, label: "不来自上级" },
          ]}
          onChange={onPick}
        />
        <Words candidates={task.candidates} />
      </div>
    </li>
  );
}

function Words({ candidates }: { candidates: readonly UpstreamCandidate[] }) {
  if (candidates.length === 0) return null;
  return (
    <Fold summary="看上级原文">
      <dl className="stack-tight">
        {candidates.map((candidate) => (
          <div key={candidate.task_id}>
            <dt className="small">{candidate.title}</dt>
            <dd className="prose">{candidate.text}</dd>
          </div>
        ))}
      </dl>
    </Fold>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { Send } from "lucide-react";
import { useState } from "react";

import { api } from "@/api/client";
import { wordsOf } from "@/api/problem";
import { submissionQuery } from "@/api/progress";
import type { Submission } from "@/api/types";
import { useMe } from "@/app/session";
import { dueWords, showDate } from "@/lib/dates";
import { shortcutWords, useShortcut } from "@/lib/useShortcut";
import { Button } from "@/ui/Button";
import { ClashDialog } from "@/ui/ClashDialog";
import { DutyText } from "@/ui/DutyText";
import { Notice } from "@/ui/Notice";
import { Card, Fold, PageHeader } from "@/ui/Page";
import { SaveStatusLine } from "@/ui/SaveStatusLine";
import { StateTag } from "@/ui/Tag";
import { Timeline } from "@/ui/Timeline";
import { toast } from "@/ui/Toast";

import { ClaimsEditor } from "./ClaimsEditor";
import { EvidenceEditor } from "./EvidenceEditor";
import type { Draft } from "./draft";
import { faultsOf, stillWrong } from "./faults";
import type { Keeper } from "./keeper";
import { PointsEditor } from "./PointsEditor";
import { stepItems } from "./steps";
import type { SubmissionParts } from "./parts";
import { TextPairs } from "./TextPairs";
import { useKeeper } from "./useKeeper";
import "./submissions.css";

/** 填报：最常用的一页。边写边存，上期在旁，要求逐条，佐证随手贴。 */
export function SubmissionForm(parts: SubmissionParts) {
  const { assignment, task } = parts;
  const { keeper, kept } = useKeeper(parts);
  const me = useMe();
  const submit = useSubmit(kept.server, keeper);
  const { server, draft } = kept;
  const submittable = server.actions.includes("submit");
  useShortcut("Enter", submittable && !submit.pending ? () => void submit.run() : undefined);
  const refused = faultsOf(submit.failure?.error ?? (kept.status.kind === "failed" ? kept.status.error : null), server);
  const faults = submit.failure ? stillWrong(refused, submit.failure.draft, draft) : refused;
  const open = server.points.filter((point) => point.revision === server.revision || point.answer === null);
  return (
    <>
      <PageHeader
        title={task.title}
        back={
          <Link to="/assignments/$assignmentId" params={{ assignmentId: assignment.id }}>
            ← 本项任务
          </Link>
        }
        lead={
          <>
            <span>{server.assignment.unit.name}</span>
            <strong>{server.period.label}填报</strong>
            <StateTag state={server.state} words={server.state_words} />
            <span>
              {showDate(server.period.due_on)}截止（{dueWords(me.today, server.period.due_on)}）
            </span>
          </>
        }
      />
      {kept.restored && <Notice tone="info">已接上您上次没有送到服务器的内容，请核对。</Notice>}
      {server.state === "returned" && open.length > 0 && (
        <PointsEditor parts={{ ...parts, submission: server }} points={open} answers={draft.answers} errors={faults.answers} onChange={(id, answer) => keeper.edit((now) => ({ ...now, answers: { ...now.answers, [id]: answer } }))} />
      )}
      <Card>
        <Fold summary="任务原文">
          <p className="muted small">{task.category}</p>
          <DutyText content={task.content} duties={assignment.duties} />
        </Fold>
      </Card>
      <Card ledger title="本期情况">
        <TextPairs texts={draft.texts} previous={server.previous} errors={faults.texts} onChange={(field, text) => keeper.edit((now) => ({ ...now, texts: { ...now.texts, [field]: text } }))} />
      </Card>
      {assignment.duties.length > 0 && (
        <Card title={`逐条要求（${assignment.duties.length}）`}>
          <ClaimsEditor
            duties={assignment.duties}
            claims={draft.claims}
            today={me.today}
            errors={faults.claims}
            judgements={server.judgements}
            onChange={(dutyId, claim) =>
              keeper.edit((now) => {
                const { [dutyId]: _gone, ...rest } = now.claims;
                return { ...now, claims: claim ? { ...now.claims, [dutyId]: claim } : rest };
              })
            }
          />
        </Card>
      )}
      <EvidenceEditor parts={{ ...parts, submission: server }} linked={draft.evidence} onChange={(change) => keeper.edit((now) => ({ ...now, evidence: change(now.evidence) }))} />
      {server.steps.length > 0 && (
        <Card title="办理经过">
          <Timeline items={stepItems(server.steps)} />
        </Card>
      )}
      {submit.failure && (refused.count === 0 || faults.count > 0) && (
        <Notice tone="error" title="没有提交成功">
          {refused.count > 0 ? `还有 ${faults.count} 处要改，已在各项下标出。` : wordsOf(submit.failure.error)}
        </Notice>
      )}
      {server.state === "draft" && !server.actions.includes("submit") && (
        <Notice tone="warn" title="现在不能提交">
          {server.period.state === "future" ? `${server.period.label}还没有开放填报。` : `${server.period.label}的填报已于${showDate(server.period.closes_on)}关闭；要补报，请联系区政务公开科准予。`}写的内容会留着。
        </Notice>
      )}
      <div className="save-bar no-print">
        <SaveStatusLine status={kept.status} onRetry={() => void keeper.flush()} />
        <div className="row">
          {submittable && (
            <Button variant="primary" icon={Send} title={shortcutWords("Enter")} aria-keyshortcuts="Control+Enter Meta+Enter" pending={submit.pending} onClick={() => void submit.run()}>
              {server.state === "returned" ? "重新提交" : "提交"}
            </Button>
          )}
        </div>
      </div>
      {kept.status.kind === "clash" && <ClashDialog clashes={kept.status.clashes} onResolve={(keys) => keeper.resolve(keys)} />}
    </>
  );
}

/** 提交：先把没存的存好，再交；交完回首页，接着办下一件。 */
function useSubmit(server: Submission, keeper: Keeper) {
  const client = useQueryClient();
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<{ error: unknown; draft: Draft } | null>(null);
  const run = async () => {
    setPending(true);
    setFailure(null);
    try {
      if (!(await keeper.flush())) return;
      const done = await api.post<Submission>(`/progress-submissions/${server.id}/submit`);
      client.setQueryData(submissionQuery(server.id).queryKey, done);
      await client.invalidateQueries({ queryKey: ["home"] });
      toast.ok(`已提交：${server.assignment.task.title}（${server.period.label}）`);
      await router.navigate({ to: "/" });
    } catch (error) {
      setFailure({ error, draft: keeper.get().draft });
      requestAnimationFrame(() => document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus());
    } finally {
      setPending(false);
    }
  };
  return { run, pending, failure };
}

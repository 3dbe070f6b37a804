import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "@/api/client";
import { touch } from "@/api/events";
import { fieldErrors, wordsOf } from "@/api/problem";
import { upstreamCandidatesQuery } from "@/api/progress";
import type { TaskDetail, UpstreamCandidate } from "@/api/types";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/Checkbox";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Fold } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { ErrorState, Loading } from "@/ui/States";
import { TextArea, TextField } from "@/ui/TextField";
import { toast } from "@/ui/Toast";

const NONE = "none";
const WRITTEN = "written";
const OTHER = "other";
/** 直接列出的最像的几项，其余收在下拉里。 */
const NEAR = 3;

const whereOf = (each: UpstreamCandidate) => `${each.unit.name} ${each.year} 年第 ${each.position} 项`;

/** 指定上级任务：挑本系统里的，或写明文号与原文。 */
export function UpstreamDialog({ task, onClose }: { task: TaskDetail; onClose: () => void }) {
  const { data, error, refetch } = useQuery(upstreamCandidatesQuery(task.id));
  const now = task.upstream;
  const [pick, setPick] = useState<string>(now === null ? NONE : (now.task_id ?? WRITTEN));
  const [other, setOther] = useState<string | null>(null);
  const near = data?.slice(0, NEAR) ?? [];
  const rest = data?.slice(NEAR) ?? [];
  const held = now?.task_id && data && !near.some((each) => each.task_id === now.task_id) ? { task_id: now.task_id, title: now.title } : null;
  const own = now?.task_id === null ? now : null;
  const [documentNo, setDocumentNo] = useState(own?.document_no ?? "");
  const [planTitle, setPlanTitle] = useState(own?.plan_title ?? "");
  const [title, setTitle] = useState(own?.title ?? "");
  const [text, setText] = useState(own?.text ?? "");
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const faults = fieldErrors(failure, ["upstream.document_no", "upstream.title", "upstream.text", "upstream.plan_title"]);
  const save = async () => {
    setPending(true);
    setFailure(null);
    const written = { document_no: documentNo.trim() || null, plan_title: planTitle.trim() || null, title: title.trim() || null, text: text.trim() || null };
    const upstream = pick === NONE ? null : pick === WRITTEN ? written : { task_id: pick };
    try {
      await api.patch(`/tasks/${task.id}`, { upstream }, task.version);
      touch("plan");
      toast.ok(upstream ? "已记下上级任务" : "已清除上级任务");
      onClose();
    } catch (problem) {
      setFailure(problem);
      setPending(false);
    }
  };
  return (
    <Dialog
      title="指定上级任务"
      isOpen
      wide
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="primary" pending={pending} onClick={() => void save()}>
            保存
          </Button>
        </>
      }
    >
      <p className="muted">
        第 {task.position} 项　{task.title}
      </p>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={3} />}
      {data && (
        <>
          <RadioGroup
            className="upstream-choices"
            label="来自上级哪一项"
            hint={data.length === 0 ? "上级还没有在这里印发同年或相邻年度的分解表" : "文字最像的在前"}
            value={other && pick === other ? OTHER : pick}
            options={[
              ...(held ? [{ id: held.task_id, label: held.title, hint: "现在对应的" }] : []),
              ...near.map((each) => ({ id: each.task_id, label: each.title, hint: `相似 ${Math.round(each.score * 100)}% · ${whereOf(each)}` })),
              ...(rest.length > 0 ? [{ id: OTHER, label: `上级的其他任务（${rest.length}）` }] : []),
              { id: WRITTEN, label: "上级文件不在本系统，写明出处" },
              { id: NONE, label: "不来自上级" },
            ]}
            onChange={(id) => {
              const chosen = id === OTHER ? (rest[0]?.task_id ?? NONE) : id;
              setOther(id === OTHER ? chosen : null);
              setPick(chosen);
            }}
          />
          {other && pick === other && (
            <Select
              label="哪一项"
              value={pick}
              options={rest.map((each) => ({ id: each.task_id, label: `${each.title}（${whereOf(each)}）` }))}
              onChange={(id) => {
                setOther(id);
                setPick(id);
              }}
            />
          )}
          {data.some((each) => each.task_id === pick) && (
            <Fold summary="看上级原文" open>
              <p className="prose">{data.find((each) => each.task_id === pick)?.text}</p>
            </Fold>
          )}
        </>
      )}
      {pick === WRITTEN && (
        <>
          <TextField label="上级文号" value={documentNo} onChange={setDocumentNo} error={faults.fields["upstream.document_no"]} />
          <TextField label="上级文件标题" hint="标题与文号至少写一样" value={planTitle} onChange={setPlanTitle} error={faults.fields["upstream.plan_title"]} />
          <TextField label="任务名称" required value={title} onChange={setTitle} error={faults.fields["upstream.title"]} />
          <TextArea label="任务原文" rows={4} value={text} onChange={setText} error={faults.fields["upstream.text"]} />
        </>
      )}
      {failure !== null && faults.first === null && <Notice tone="error">{wordsOf(failure)}</Notice>}
    </Dialog>
  );
}

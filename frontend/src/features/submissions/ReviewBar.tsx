import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { useState } from "react";

import { api } from "@/api/client";
import { touch } from "@/api/events";
import { wordsOf } from "@/api/problem";
import { submissionQuery } from "@/api/progress";
import type { Submission, SubmissionItem } from "@/api/types";
import { Button } from "@/ui/Button";
import { ConfirmDialog, Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { TextArea } from "@/ui/TextField";
import { toast } from "@/ui/Toast";

import type { SubmissionParts } from "./parts";
import { ReturnDialog } from "./ReturnDialog";

const DONE: Record<string, string> = { sign: "已签发", accept: "已通过", return: "已退回", withdraw: "已撤回", reopen: "已重新打开" };

/** 底下一条：能做什么由服务器说（actions），做完接着下一件。 */
export function ReviewBar({ parts, waiting }: { parts: SubmissionParts; waiting: readonly SubmissionItem[] }) {
  const { submission } = parts;
  const { actions } = submission;
  const [asking, setAsking] = useState<"return" | "withdraw" | "reopen" | null>(null);
  const client = useQueryClient();
  const router = useRouter();
  const others = waiting.filter((item) => item.id !== submission.id);
  const at = waiting.findIndex((item) => item.id === submission.id);
  const next = waiting[at + 1] ?? others[0];

  const act = useMutation({
    mutationFn: ({ action, body }: { action: string; body?: unknown }) => api.post<Submission>(`/progress-submissions/${submission.id}/${action}`, body, { version: submission.version }),
    onSuccess: async (done, { action }) => {
      client.setQueryData(submissionQuery(submission.id).queryKey, done);
      touch("submission");
      toast.ok(`${DONE[action] ?? "已办"}：${submission.assignment.unit.name} ${submission.period.label}`);
      if (["sign", "accept", "return"].includes(action)) {
        if (next) await router.navigate({ to: "/submissions/$id", params: { id: next.id } });
        else await router.navigate({ to: "/" });
        window.scrollTo(0, 0);
      }
    },
  });
  const close = () => {
    act.reset();
    setAsking(null);
  };

  if (actions.length === 0 && others.length === 0) return null;
  return (
    <>
      {act.isError && asking === null && (
        <Notice tone="error" title="没有办成">
          {wordsOf(act.error)}
        </Notice>
      )}
      <div className="save-bar no-print">
        <div className="row">
          {next && (
            <Link className="btn btn-quiet" to="/submissions/$id" params={{ id: next.id }}>
              下一件（另有 {others.length} 件待办）
            </Link>
          )}
        </div>
        <div className="row">
          {actions.includes("withdraw") && <Button onClick={() => setAsking("withdraw")}>撤回</Button>}
          {actions.includes("reopen") && <Button onClick={() => setAsking("reopen")}>重新打开</Button>}
          {actions.includes("return") && (
            <Button variant="danger" onClick={() => setAsking("return")}>
              退回…
            </Button>
          )}
          {actions.includes("sign") && (
            <Button variant="primary" pending={act.isPending} onClick={() => act.mutate({ action: "sign" })}>
              签发
            </Button>
          )}
          {actions.includes("accept") && (
            <Button variant="primary" pending={act.isPending} onClick={() => act.mutate({ action: "accept" })}>
              审核通过
            </Button>
          )}
        </div>
      </div>
      {asking === "return" && <ReturnDialog parts={parts} pending={act.isPending} error={act.error} onClose={close} onReturn={(body) => act.mutateAsync({ action: "return", body }).then(close)} />}
      <ConfirmDialog title="撤回这份填报？" isOpen={asking === "withdraw"} onClose={close} confirm="撤回" onConfirm={() => act.mutateAsync({ action: "withdraw" })}>
        撤回后可以再改，改好须重新提交。
      </ConfirmDialog>
      {asking === "reopen" && <ReopenDialog pending={act.isPending} error={act.error} onClose={close} onReopen={(reason) => act.mutateAsync({ action: "reopen", body: { reason } }).then(close)} />}
    </>
  );
}

function ReopenDialog({ pending, error, onClose, onReopen }: { pending: boolean; error: unknown; onClose: () => void; onReopen: (reason: string) => Promise<void> }) {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  return (
    <Dialog
      title="重新打开已通过的填报"
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            variant="danger-fill"
            pending={pending}
            onClick={() => {
              setTried(true);
              if (reason.trim() !== "") void onReopen(reason.trim()).catch(() => undefined);
            }}
          >
            重新打开
          </Button>
        </>
      }
    >
      <p>重新打开后，单位要改好再交、再签、再审。请写明理由，记入办理经过。</p>
      <TextArea label="理由" required value={reason} onChange={setReason} error={tried && reason.trim() === "" ? "请写明理由" : undefined} />
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

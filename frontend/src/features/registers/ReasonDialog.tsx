import { useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";

import { api } from "@/api/client";
import { wordsOf } from "@/api/problem";
import type { Entry } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { TextArea, TextField } from "@/ui/TextField";
import { toast } from "@/ui/Toast";

import { entryQuery } from "./queries";

export interface Reasoned {
  title: string;
  /** 条目地址之后的一段：reopen、void、events/…/void。 */
  path: string;
  hint: string;
  danger?: boolean;
}

/** 要说明原因的一步。 */
export function ReasonDialog({ entry, reasoned, onClose }: { entry: Entry; reasoned: Reasoned; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const act = useAct(entry, onClose);
  const send = () => {
    setTried(true);
    if (reason.trim() !== "") void act.run(reasoned.path, { reason: reason.trim() }, `已${reasoned.title}`);
  };
  return (
    <Dialog
      title={reasoned.title}
      isOpen
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant={reasoned.danger ? "danger-fill" : "primary"} pending={act.pending} onClick={send}>
            {reasoned.title}
          </Button>
        </>
      }
    >
      <p className="muted">{reasoned.hint}</p>
      <TextArea label="原因" required rows={2} limit={500} value={reason} error={tried && reason.trim() === "" ? "请写明原因" : undefined} onChange={setReason} />
      {act.error !== null && <Notice tone="error">{wordsOf(act.error)}</Notice>}
    </Dialog>
  );
}

/** 一封来信拆成几件：各自登记、各自计时。 */
export function SplitDialog({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const [titles, setTitles] = useState<readonly string[]>([""]);
  const [tried, setTried] = useState(false);
  const act = useAct(entry, onClose);
  const given = titles.map((title) => title.trim()).filter(Boolean);
  const send = () => {
    setTried(true);
    if (given.length > 0) void act.run("split", { titles: given }, `已另立 ${given.length} 件`);
  };
  return (
    <Dialog
      title="一封信拆成几件"
      isOpen
      wide
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="primary" pending={act.pending} onClick={send}>
            另立 {given.length} 件
          </Button>
        </>
      }
    >
      <p className="muted">本件留下“{entry.title}”；下面每行另立一件，申请人、收到日与本件相同，登记号另编。</p>
      {titles.map((title, index) => (
        <TextField key={index} label={`另立第 ${index + 1} 件的申请事项`} maxLength={300} value={title} error={tried && given.length === 0 && index === 0 ? "请填写申请事项" : undefined} onChange={(value) => setTitles((now) => now.map((each, at) => (at === index ? value : each)))} />
      ))}
      {titles.length < 20 && (
        <p>
          <Button icon={Plus} onClick={() => setTitles((now) => [...now, ""])}>
            再加一件
          </Button>
        </p>
      )}
      {act.error !== null && <Notice tone="error">{wordsOf(act.error)}</Notice>}
    </Dialog>
  );
}

function useAct(entry: Entry, onDone: () => void) {
  const client = useQueryClient();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (path: string, body: unknown, words: string) => {
    setPending(true);
    setError(null);
    try {
      const done = await api.post<Entry>(`/registers/${entry.slug}/entries/${entry.id}/${path}`, body);
      client.setQueryData(entryQuery(entry.slug, entry.id).queryKey, done);
      void client.invalidateQueries({ queryKey: ["registers"] });
      toast.ok(words);
      onDone();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return { run, pending, error };
}

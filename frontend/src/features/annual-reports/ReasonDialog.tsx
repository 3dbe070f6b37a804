import { useState, type ReactNode } from "react";

import { wordsOf } from "@/api/problem";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { TextArea } from "@/ui/TextField";

export interface ReasonDialogProps {
  title: string;
  confirm: string;
  hint: ReactNode;
  danger?: boolean | undefined;
  onClose: () => void;
  onSend: (reason: string) => Promise<unknown>;
}

/** 要写明理由的一步。 */
export function ReasonDialog({ title, confirm, hint, danger, onClose, onSend }: ReasonDialogProps) {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async () => {
    setTried(true);
    if (reason.trim() === "") return;
    setPending(true);
    setError(null);
    try {
      await onSend(reason.trim());
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog
      title={title}
      isOpen
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant={danger ? "danger-fill" : "primary"} pending={pending} onClick={() => void send()}>
            {confirm}
          </Button>
        </>
      }
    >
      <p className="muted">{hint}</p>
      <TextArea label="理由" required rows={3} limit={2000} value={reason} error={tried && reason.trim() === "" ? "请写明理由" : undefined} onChange={setReason} />
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

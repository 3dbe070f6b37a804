import { useState } from "react";

import { api } from "@/api/client";
import { wordsOf } from "@/api/problem";
import type { User } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { TextArea } from "@/ui/TextField";
import { toast } from "@/ui/Toast";

/** 撤销一个人的动态口令：要写原因。 */
export function TotpResetDialog({ user, onClose, onDone }: { user: User; onClose: () => void; onDone: () => void }) {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const short = reason.trim().length < 2;
  const send = async () => {
    setTried(true);
    if (short) return;
    setPending(true);
    setError(null);
    try {
      await api.post<void>(`/users/${user.id}/reset-totp`, { reason: reason.trim() });
      toast.ok(`已撤销${user.name}的动态口令`);
      onDone();
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog
      title={`撤销${user.name}的动态口令`}
      isOpen
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="danger-fill" pending={pending} onClick={() => void send()}>
            撤销
          </Button>
        </>
      }
    >
      <p>用于手机丢失或更换。请先当面或打电话核实本人；其全部登录随即退出，下次登录只凭口令。</p>
      <TextArea label="原因" required rows={2} limit={500} value={reason} error={tried && short ? "请写明原因" : undefined} onChange={setReason} />
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

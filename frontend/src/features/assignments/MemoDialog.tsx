import { useState } from "react";

import { api } from "@/api/client";
import { touch } from "@/api/events";
import { wordsOf } from "@/api/problem";
import type { AssignmentDetail } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { TextArea, TextField } from "@/ui/TextField";
import { toast } from "@/ui/Toast";

/** 改责任人及联系方式、备注；也可以导出工作簿成批改。 */
export function MemoDialog({ assignment, onClose }: { assignment: AssignmentDetail; onClose: () => void }) {
  const [contact, setContact] = useState(assignment.contact);
  const [note, setNote] = useState(assignment.note);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async () => {
    setPending(true);
    setError(null);
    try {
      await api.patch(`/assignments/${assignment.id}`, { contact: contact.trim(), note: note.trim() }, assignment.version);
      touch("assignment");
      toast.ok("已保存责任人与备注");
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog
      title="责任人与备注"
      isOpen
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
      <TextField label="责任人及联系方式" value={contact} onChange={setContact} />
      <TextArea label="备注" rows={3} limit={1000} value={note} onChange={setNote} />
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

import { useState } from "react";

import { wordsOf } from "@/api/problem";
import type { PlanImport } from "@/api/types";
import { Button } from "@/ui/Button";
import { DateField } from "@/ui/DateField";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { TextField } from "@/ui/TextField";

import type { ImportPatch } from "./patches";

/** 改标题、年度、文号、印发日期。 */
export function HeadDialog({ draft, onClose, onSave }: { draft: PlanImport; onClose: () => void; onSave: (patch: ImportPatch) => Promise<void> }) {
  const [title, setTitle] = useState(draft.title);
  const [year, setYear] = useState(String(draft.year));
  const [documentNo, setDocumentNo] = useState(draft.document_no ?? "");
  const [issuedOn, setIssuedOn] = useState(draft.issued_on);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const wrongYear = /^20\d{2}$/.test(year) ? undefined : "年度写四位数，如 2023";
  const save = async () => {
    if (wrongYear || title.trim() === "") return;
    setPending(true);
    try {
      await onSave({ title: title.trim(), year: Number(year), document_no: documentNo.trim() || null, issued_on: issuedOn });
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog
      title="标题与年度"
      isOpen
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
      <TextField label="标题" required value={title} onChange={setTitle} error={title.trim() === "" ? "请输入标题" : undefined} />
      <TextField label="年度" required inputMode="numeric" value={year} onChange={setYear} error={wrongYear} />
      <TextField label="文号" value={documentNo} onChange={setDocumentNo} />
      <DateField label="印发日期" value={issuedOn} onChange={setIssuedOn} hint="统称按这一天的机构展开" />
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

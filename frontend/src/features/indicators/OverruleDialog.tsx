import { useState } from "react";

import { api } from "@/api/client";
import { touch } from "@/api/events";
import { fieldErrors, wordsOf } from "@/api/problem";
import { queryClient } from "@/api/query";
import type { Judgement } from "@/api/types";
import { useMe } from "@/app/session";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/Checkbox";
import { DateField } from "@/ui/DateField";
import { Dialog } from "@/ui/Dialog";
import { VERDICTS } from "@/ui/Judgement";
import { Notice } from "@/ui/Notice";
import { TextArea } from "@/ui/TextField";
import { toast } from "@/ui/Toast";

const RULINGS = (["met", "not_met", "not_applicable"] as const).map((id) => ({ id, label: VERDICTS[id].words }));
type Ruling = (typeof RULINGS)[number]["id"];

/** 改判一条要求，或撤回改判；理由留痕。 */
export function OverruleDialog({ judgement, unitName, onClose }: { judgement: Judgement; unitName: string; onClose: () => void }) {
  const me = useMe();
  const [ruling, setRuling] = useState<Ruling | null>(null);
  const [reason, setReason] = useState("");
  const [doneOn, setDoneOn] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { fields, first } = fieldErrors(error, ["verdict", "reason", "done_on"]);
  const path = `/duty-judgements/${judgement.id}/overrule`;
  const back = judgement.overruled !== null;

  const send = async () => {
    setTried(true);
    if (!back && (ruling === null || reason.trim() === "")) return;
    setPending(true);
    setError(null);
    try {
      if (back) await api.delete(path, judgement.version);
      else await api.put(path, { verdict: ruling, reason: reason.trim(), done_on: ruling === "met" ? doneOn : null }, judgement.version);
      touch("assignment");
      void queryClient.invalidateQueries({ queryKey: ["indicators"] });
      toast.ok(back ? "已撤回改判" : "已改判");
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog
      title={back ? "撤回改判" : "改判"}
      isOpen
      sticky={!back}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="primary" pending={pending} onClick={() => void send()}>
            {back ? "撤回，以台账为准" : "改判"}
          </Button>
        </>
      }
    >
      <p>
        {unitName}：{judgement.indicator_name}，台账算得<strong>{judgement.verdict_words}</strong>（{judgement.words}）。
      </p>
      {back ? (
        <p className="muted">
          {judgement.overruled?.by}改判为{judgement.overruled?.verdict_words}：{judgement.overruled?.reason}
        </p>
      ) : (
        <>
          <RadioGroup segmented label="改判为" value={ruling} options={RULINGS} error={tried && ruling === null ? "请选择" : fields["verdict"]} onChange={setRuling} />
          {ruling === "met" && <DateField label="达到之日（可不填）" max={me.today} value={doneOn} error={fields["done_on"]} onChange={setDoneOn} />}
          <TextArea label="理由" required rows={3} limit={500} value={reason} error={tried && reason.trim() === "" ? "请写明理由" : fields["reason"]} onChange={setReason} />
        </>
      )}
      {error !== null && first === null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

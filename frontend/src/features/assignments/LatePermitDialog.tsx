import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "@/api/client";
import { touch } from "@/api/events";
import { fieldErrors, wordsOf } from "@/api/problem";
import { periodsQuery } from "@/api/progress";
import type { AssignmentDetail } from "@/api/types";
import { useMe } from "@/app/session";
import { showDate } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { DateField } from "@/ui/DateField";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Select } from "@/ui/Select";
import { TextArea } from "@/ui/TextField";
import { toast } from "@/ui/Toast";

/** 准予补报：关闭了的期次，写明理由，放到某日为止。 */
export function LatePermitDialog({ assignment, onClose }: { assignment: AssignmentDetail; onClose: () => void }) {
  const me = useMe();
  const { data: periods = [] } = useQuery(periodsQuery(assignment.plan.id));
  const [period, setPeriod] = useState("");
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { fields, first } = fieldErrors(error, ["period_id", "reason", "until"]);
  const closed = periods.filter((item) => item.state === "closed");

  const grant = async () => {
    setTried(true);
    if (period === "" || reason.trim() === "" || until === null) return;
    setPending(true);
    setError(null);
    try {
      await api.post(`/assignments/${assignment.id}/late-permits`, { period_id: period, reason: reason.trim(), until }, { once: `${assignment.id}-${period}-${until}` });
      touch("assignment");
      toast.ok(`已准予${assignment.unit.name}补报，至${showDate(until)}`);
      onClose();
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog
      title="准予补报"
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="primary" pending={pending} onClick={() => void grant()}>
            准予补报
          </Button>
        </>
      }
    >
      <p className="muted">补报的仍记为逾期，只是放开填报。</p>
      <Select label="哪一期" required empty={closed.length > 0 ? "请选择" : "没有已关闭的期次"} value={period} options={closed.map((item) => ({ id: item.id, label: `${item.label}（${showDate(item.closes_on)}关闭）` }))} error={tried && period === "" ? "请选择期次" : fields["period_id"]} onChange={setPeriod} />
      <DateField label="放到哪天为止" required min={me.today} value={until} error={tried && until === null ? "请选择日期" : fields["until"]} onChange={setUntil} />
      <TextArea label="理由" required value={reason} error={tried && reason.trim() === "" ? "请写明理由" : fields["reason"]} onChange={setReason} />
      {error !== null && first === null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

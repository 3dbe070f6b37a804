import { useState } from "react";

import { api } from "@/api/client";
import { wordsOf } from "@/api/problem";
import type { Plan } from "@/api/types";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/Checkbox";
import { DateField } from "@/ui/DateField";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { toast } from "@/ui/Toast";

/** 印发：定周期与首期，各单位随即看到自己的任务。 */
export function IssueDialog({ plan, onClose, onDone }: { plan: Plan; onClose: () => void; onDone: (plan: Plan) => Promise<void> }) {
  const [cycle, setCycle] = useState<Plan["cycle"]>(plan.cycle);
  const [first, setFirst] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const issue = async () => {
    setPending(true);
    setError(null);
    try {
      const issued = await api.post<Plan>(`/plans/${plan.id}/issue`, { cycle, ...(first ? { first_period: first } : {}) }, { version: plan.version });
      await onDone(issued);
      toast.ok(`已印发，${issued.counts.units} 个单位可以填报了`);
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog
      title="印发分解表"
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="primary" pending={pending} onClick={() => void issue()}>
            印发
          </Button>
        </>
      }
    >
      <p>
        印发后 {plan.counts.units} 个单位看到各自的任务并开始填报，任务与分工不再改动。
      </p>
      <RadioGroup
        label="填报周期"
        value={cycle}
        options={[
          { id: "month", label: "按月" },
          { id: "quarter", label: "按季" },
        ]}
        onChange={setCycle}
      />
      <DateField label="首期从哪天所在的周期起" hint="不填则从今天所在周期起" value={first} onChange={setFirst} />
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { wordsOf } from "@/api/problem";
import type { ImportCommit, PlanImport } from "@/api/types";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/Checkbox";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";

import { blocking, openRows } from "./problems";
import { comparisonQuery } from "./queries";

export interface CommitDialogProps {
  draft: PlanImport;
  against: string | undefined;
  onClose: () => void;
  onCommit: (how: ImportCommit) => Promise<void>;
}

/** 成表前选：全部还是只成没有问题的；成新表，还是并入先前那份没印发的。 */
export function CommitDialog({ draft, against, onClose, onCommit }: CommitDialogProps) {
  const waiting = draft.rows.filter((row) => row.task_id === null);
  const open = openRows(draft.problem_groups);
  const good = waiting.filter((row) => !open.has(row.position)).length;
  const blocked = blocking(draft.problem_groups);
  const bare = draft.problem_groups.filter((group) => group.code === "no-assignee").reduce((sum, group) => sum + group.count, 0);
  const [mode, setMode] = useState<"all" | "good">(blocked > 0 ? "good" : "all");
  const [into, setInto] = useState<"new" | "update">("new");
  const [missing, setMissing] = useState<"keep" | "remove">("keep");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { data: found } = useQuery({ ...comparisonQuery(draft.id, draft.version, against), enabled: draft.plan_id === null });
  const plan = found?.against?.kind === "plan" ? found.against : null;
  const same = found !== undefined && found.counts.new + found.counts.changed + found.counts.missing === 0;
  const count = mode === "all" ? waiting.length : good;
  const commit = async () => {
    setPending(true);
    setError(null);
    try {
      await onCommit({ mode, missing, plan_id: into === "update" && plan ? plan.id : null });
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog
      title={draft.plan_id ? "其余的也成表" : "成表"}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="primary" pending={pending} disabled={count === 0 || (mode === "all" && blocked > 0)} onClick={() => void commit()}>
            成表 {count} 项
          </Button>
        </>
      }
    >
      <RadioGroup
        label="哪些成表"
        value={mode}
        onChange={setMode}
        options={[
          { id: "all", label: `全部 ${waiting.length} 项`, hint: blocked > 0 ? `还有 ${blocked} 处责任单位没有指定，定了才行` : undefined },
          { id: "good", label: `只成没有问题的 ${good} 项`, hint: good < waiting.length ? `其余 ${waiting.length - good} 项留在草稿里，定好再成到同一份表` : undefined },
        ]}
      />
      {mode === "all" && blocked === 0 && bare > 0 && <Notice tone="warn">有 {bare} 项没有责任单位：可以先成表，印发之前须补上。</Notice>}
      {found && plan && found.into === "update" && (
        <>
          <RadioGroup
            label="成到哪里"
            value={into}
            onChange={setInto}
            options={[
              { id: "new", label: "一份新的分解表" },
              { id: "update", label: `并入未印发的《${plan.title}》`, hint: `新增 ${found.counts.new}、更新 ${found.counts.changed}、不变 ${found.counts.unchanged}` },
            ]}
          />
          {into === "update" && found.counts.missing > 0 && (
            <RadioGroup
              label={`原有而这次没有的 ${found.counts.missing} 项`}
              value={missing}
              onChange={setMissing}
              options={[
                { id: "keep", label: "保留，排在最后" },
                { id: "remove", label: "去掉" },
              ]}
            />
          )}
        </>
      )}
      {found && plan && same && (
        <Notice tone="warn" title="没有新内容">
          与{plan.status === "draft" ? "未印发" : "已印发"}的《{plan.title}》一字不差，一般不必再成一份。
        </Notice>
      )}
      {found && plan && !same && found.into === "supplement" && (
        <Notice tone="warn" title={`《${plan.title}》已经印发`}>
          导入不会改动它；成表得到的是另一份未印发的分解表，可作补充分解表另行印发。
        </Notice>
      )}
      <p className="muted">成表之后仍未印发，各单位看不到；没有人动过之前，可以撤销成表。</p>
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

import { useState } from "react";

import { wordsOf } from "@/api/problem";
import type { RegisterImport } from "@/api/types";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/Checkbox";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";

/** 登记前选：全部，还是只登记没有问题的。 */
export function CommitDialog({ draft, onClose, onCommit }: { draft: RegisterImport; onClose: () => void; onCommit: (mode: "all" | "good") => Promise<void> }) {
  const { good, blocked, warned } = draft.summary;
  const [mode, setMode] = useState<"all" | "good">(blocked > 0 ? "good" : "all");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const count = mode === "all" ? good + warned : good;
  const commit = async () => {
    setPending(true);
    setError(null);
    try {
      await onCommit(mode);
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog
      title="登记到台账"
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="primary" pending={pending} disabled={count === 0 || (mode === "all" && blocked > 0)} onClick={() => void commit()}>
            登记 {count} 条
          </Button>
        </>
      }
    >
      <RadioGroup
        label="哪些登记"
        value={mode}
        onChange={setMode}
        options={[
          { id: "all", label: `全部 ${good + warned + blocked} 条`, hint: blocked > 0 ? `还有 ${blocked} 条不合规定，改好才行` : warned > 0 ? `其中 ${warned} 条有要核对的地方` : undefined },
          { id: "good", label: `只登记没有问题的 ${good} 条`, hint: blocked + warned > 0 ? `其余 ${blocked + warned} 条留在草稿里，改好再登记` : undefined },
        ]}
      />
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

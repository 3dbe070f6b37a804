import { useState } from "react";

import { wordsOf } from "@/api/problem";
import type { ReportTable } from "@/api/types";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/Checkbox";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";

import type { Desk } from "./useReport";

/** 申报“本单位无此项业务”：写上明明白白的 0，记下是谁、何时。 */
export function ZeroDialog({ desk, table, onClose }: { desk: Desk; table: ReportTable; onClose: () => void }) {
  const declared = new Set(desk.report.zero_declarations.filter((each) => each.withdrawn_at === null).map((each) => each.group));
  const groups = desk.report.zero_groups.filter((group) => group.key === table.slug || group.key.startsWith(`${table.slug}.`));
  const open = groups.filter((group) => !declared.has(group.key) && !group.filled);
  const [chosen, setChosen] = useState<string | null>(open[0]?.key ?? null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const declare = async () => {
    const group = open.find((each) => each.key === chosen);
    if (!group) return;
    setPending(true);
    setError(null);
    try {
      await desk.act({ path: "zero-declarations", body: { group: group.key }, done: `已申报“${group.label}”无此项业务，可撤回` });
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog
      title="本单位无此项业务"
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          {open.length > 0 && (
            <Button variant="primary" pending={pending} onClick={() => void declare()}>
              申报
            </Button>
          )}
        </>
      }
    >
      {open.length === 0 ? (
        <p>这张表里没有可申报的：各组都有不为 0 的数，或者已经申报过。</p>
      ) : (
        <>
          <p>申报之后，这一组的空白格都写上 0，记下您的名字和时间；以后有了数，可以撤回申报。</p>
          <RadioGroup label="哪一组" value={chosen} options={open.map((group) => ({ id: group.key, label: group.label, hint: `${group.cells.length} 格` }))} onChange={setChosen} />
        </>
      )}
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

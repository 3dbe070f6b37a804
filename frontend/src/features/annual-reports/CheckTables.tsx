import { Redo2, Undo2 } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";

import type { ReportForm } from "@/api/types";
import { useWidth } from "@/lib/useWidth";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/Checkbox";
import { Card } from "@/ui/Page";
import { toast } from "@/ui/Toast";

import type { Entries } from "./figures";
import type { Mark } from "./findings";
import { ReportGrid, type Target } from "./ReportGrid";
import type { Previous } from "./stash";
import type { GridHistory } from "./useHistory";

export interface CheckTablesProps {
  form: ReportForm;
  entries: Entries;
  previous: Previous | null;
  marks: ReadonlyMap<string, Mark>;
  lockSums: boolean;
  history: GridHistory;
  target: Target | null;
  onFocusCell: (key: string) => void;
  /** 撤销、重做旁边另加的。 */
  tools: ReactNode;
}

/** 三张表；手机上一次一张。 */
export function CheckTables({ form, entries, previous, marks, lockSums, history, target, onFocusCell, tools }: CheckTablesProps) {
  const narrow = useWidth() === "narrow";
  const [chosen, setChosen] = useState<{ slug: string; at: number }>({ slug: form.tables[0]?.slug ?? "", at: 0 });
  const locked = useMemo(() => new Map(lockSums ? form.cells.filter((cell) => cell.sum_of.length > 0).map((cell) => [cell.key, "系统求和，已锁"]) : []), [form, lockSums]);
  const shown = target !== null && target.at > chosen.at ? target.cell.slice(0, 2) : chosen.slug;
  return (
    <>
      <div className="row no-print">
        <HistoryButtons history={history} />
        {tools}
      </div>
      {narrow && <RadioGroup segmented label="看哪张表" value={shown} options={form.tables.map((table) => ({ id: table.slug, label: `表${table.part}` }))} onChange={(slug) => setChosen({ slug, at: target?.at ?? 0 })} />}
      {form.tables
        .filter((table) => !narrow || table.slug === shown)
        .map((table) => (
          <Card
            key={table.slug}
            ledger={table.slug === "t2"}
            title={`${table.part}、${table.heading}`}
            actions={
              <Button
                small
                onClick={() => {
                  const empty = table.places.flatMap(({ cell }) => (cell !== null && !locked.has(cell) && !entries[cell] ? [cell] : []));
                  const back = history.enter(Object.fromEntries(empty.map((cell) => [cell, "0"])), `表${table.part}空白格填 0`);
                  if (back) toast.ok(`表${table.part} ${empty.length} 格填了 0`, { label: "撤销", run: back });
                }}
              >
                空白格填 0
              </Button>
            }
          >
            <ReportGrid form={form} table={table} entries={entries} previous={previous?.figures} marks={marks} locked={locked} target={target} onEnter={history.enter} onUndo={history.undo} onRedo={history.redo} onFocusCell={onFocusCell} />
          </Card>
        ))}
    </>
  );
}

export function HistoryButtons({ history }: { history: GridHistory }) {
  return (
    <>
      <Button icon={Undo2} disabled={history.undoable === null} onClick={history.undo} title={history.undoable ? `撤销：${history.undoable}` : undefined}>
        撤销
      </Button>
      <Button icon={Redo2} disabled={history.redoable === null} onClick={history.redo} title={history.redoable ? `重做：${history.redoable}` : undefined}>
        重做
      </Button>
    </>
  );
}

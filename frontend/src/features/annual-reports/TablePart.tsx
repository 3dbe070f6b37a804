import { CircleSlash, FileSearch } from "lucide-react";
import { useMemo, useState } from "react";

import type { ReportTable } from "@/api/types";
import { showTime } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Page";
import { toast } from "@/ui/Toast";

import { HistoryButtons } from "./CheckTables";
import { openPoints, PointsAt } from "./PointsAt";
import { ReportGrid } from "./ReportGrid";
import type { Desk } from "./useReport";
import { ZeroDialog } from "./ZeroDialog";

export interface TablePartProps {
  desk: Desk;
  table: ReportTable;
  onFocusCell: (key: string) => void;
  onOpenCell: (key: string) => void;
}

/** 一张表：填数、撤销、空白填 0、申报“无此项业务”；每一格都能看它的由来。 */
export function TablePart({ desk, table, onFocusCell, onOpenCell }: TablePartProps) {
  const { form, report, entries, locked, history, editable } = desk;
  const [declaring, setDeclaring] = useState(false);
  const edited = useMemo(() => new Set(report.edited), [report.edited]);
  const cells = useMemo(() => table.places.flatMap(({ cell }) => (cell === null ? [] : [cell])), [table]);
  const points = openPoints(desk).filter((point) => point.target === "figures" && (point.cell === null || cells.includes(point.cell)));
  const empty = cells.filter((cell) => !locked.has(cell) && !entries[cell]);
  const fill = () => {
    const back = history.enter(Object.fromEntries(empty.map((cell) => [cell, "0"])), `表${table.part}空白格填 0`);
    if (back) toast.ok(`表${table.part} ${empty.length} 格填了 0`, { label: "撤销", run: back });
  };
  return (
    <div className="stack">
      <PointsAt desk={desk} points={points} />
      <Card
        ledger
        title={`${table.part}、${table.heading}`}
        actions={
          editable && (
            <div className="row no-print">
              <HistoryButtons history={history} />
              {empty.length > 0 && <Button onClick={fill}>空白格填 0</Button>}
              {report.actions.includes("declare_zero") && (
                <Button icon={CircleSlash} onClick={() => setDeclaring(true)}>
                  本单位无此项业务
                </Button>
              )}
            </div>
          )
        }
      >
        <Declared desk={desk} table={table} />
        <ReportGrid
          form={form}
          table={table}
          entries={entries}
          previous={report.previous?.figures}
          marks={desk.marks}
          locked={locked}
          edited={edited}
          readOnly={!editable}
          target={desk.target}
          onEnter={history.enter}
          onUndo={history.undo}
          onRedo={history.redo}
          onFocusCell={onFocusCell}
          onOpenCell={onOpenCell}
        />
        <p className="muted small no-print">
          <FileSearch size="1.1em" aria-hidden /> 光标放进一格，按 Ctrl+Enter 或点底下的“看由来”，列出它数的是哪些件。左下角有“改”字的，是人改过的。
        </p>
      </Card>
      {declaring && <ZeroDialog desk={desk} table={table} onClose={() => setDeclaring(false)} />}
    </div>
  );
}

/** 已申报的“无此项业务”：谁在何时，可撤回。 */
function Declared({ desk, table }: { desk: Desk; table: ReportTable }) {
  const standing = desk.report.zero_declarations.filter((each) => each.group.startsWith(table.slug) && each.withdrawn_at === null);
  if (standing.length === 0) return null;
  return (
    <ul className="stack-tight">
      {standing.map((each) => (
        <li key={each.id} className="row">
          <span>
            已申报“{each.label}”无此项业务
            <span className="muted small">
              　{each.made_by}　{showTime(each.made_at)}
            </span>
          </span>
          {desk.report.actions.includes("declare_zero") && (
            <Button small onClick={() => void desk.act({ path: `zero-declarations/${each.id}/withdraw`, done: `撤回了“${each.label}”的申报` }).catch(() => toast.error("没有撤回成，请再试"))} aria-label={`撤回申报：${each.label}`}>
              撤回
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

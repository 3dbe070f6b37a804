import { useEffect, useMemo, useState, type ReactNode } from "react";

import type { ReportForm, ReportPlace, ReportTable } from "@/api/types";
import { useWidth } from "@/lib/useWidth";
import { cx } from "@/ui/cx";

import { isSound, type Entries } from "./figures";
import type { Mark } from "./findings";
import { Geometry } from "./geometry";
import { cellClass, GridCell } from "./GridCell";
import { columnOf, GridList } from "./GridList";
import { cellId } from "./gridControl";
import { useGrid } from "./useGrid";
import "./grid.css";

/** 要去的一格；`at` 变了就再去一次。 */
export interface Target {
  cell: string;
  at: number;
}

export interface ReportGridProps {
  form: ReportForm;
  table: ReportTable;
  /** 格里写的字，求和格也在内。 */
  entries: Entries;
  /** 上年的数，空格里淡淡地显示。 */
  previous?: Readonly<Record<string, number | string | null>> | undefined;
  marks: ReadonlyMap<string, Mark>;
  /** 锁住的格与为什么。 */
  locked: ReadonlyMap<string, string>;
  /** 人改过、与系统汇集的不同的格。 */
  edited?: ReadonlySet<string> | undefined;
  readOnly?: boolean | undefined;
  target?: Target | null | undefined;
  onEnter: (changes: Record<string, string>, label: string, session?: string) => void;
  onUndo: () => void;
  onRedo: () => void;
  onFocusCell: (key: string) => void;
  /** Ctrl+Enter：看这一格的数从哪里来。 */
  onOpenCell?: ((key: string) => void) | undefined;
}

export interface CellLook {
  label: string;
  value: string;
  ghost: string;
  wrong: boolean;
  locked: string;
  tabbable: boolean;
  edited: boolean;
  decimal: boolean;
  mark: Mark | undefined;
}

/** 一张法定表格。宽屏照印出来的样子，键盘走法同电子表格；手机上一次一栏，逐行填。 */
export function ReportGrid(props: ReportGridProps) {
  const { form, table, entries, previous, marks, locked, edited, readOnly, target } = props;
  const narrow = useWidth() === "narrow";
  const geometry = useMemo(() => new Geometry(table), [table]);
  const cells = useMemo(() => new Map(form.cells.map((cell) => [cell.key, cell])), [form]);
  const isLocked = (key: string) => readOnly === true || locked.has(key);
  const { control, selected } = useGrid({ ...props, geometry, isLocked });
  const within = useMemo(() => new Set(selected.flat()), [selected]);
  const [column, setColumn] = useState("natural");
  useTarget(target, geometry, setColumn);

  const lookOf = (key: string): CellLook => {
    const value = entries[key] ?? "";
    const words = locked.get(key) ?? (readOnly ? "只读" : "");
    const cell = cells.get(key);
    return {
      label: cell?.label ?? key,
      value,
      ghost: String(previous?.[key] ?? ""),
      wrong: value !== "" && !isSound(form, key, value),
      locked: words,
      tabbable: words === "" || (readOnly === true && key === geometry.corner("first")),
      edited: edited?.has(key) ?? false,
      decimal: cell?.kind === "money",
      mark: marks.get(key),
    };
  };
  return (
    <div
      className="grid-frame"
      role="group"
      aria-label={`表${table.part}${narrow ? "" : "，可左右滚动"}`}
      onFocus={control.onFocus}
      onKeyDown={control.onKeyDown}
      onPaste={control.onPaste}
      onCopy={control.onCopy}
      onCut={control.onCut}
      onPointerDown={control.onPointerDown}
      onPointerOver={control.onPointerOver}
      onPointerUp={control.onPointerUp}
      onClick={control.onClick}
    >
      {narrow ? (
        <GridList table={table} cells={cells} lookOf={lookOf} column={column} onColumn={setColumn} marks={marks} onInput={control.onInput} />
      ) : (
        <Printed table={table} editable={!readOnly}>
          {(place) => {
            const key = place.cell ?? "";
            if (!cells.has(key)) return <Label key={place.column} place={place} />;
            const look = lookOf(key);
            return (
              <td key={key} colSpan={place.column_span} aria-selected={within.has(key) || undefined} className={cellClass({ ...look, selected: within.has(key) })}>
                <GridCell cellKey={key} {...look} onInput={control.onInput} />
              </td>
            );
          }}
        </Printed>
      )}
      <p className="visually-hidden" role="status">
        {selected.length > 0 && `选中 ${selected.length} 行，共 ${within.size} 格`}
      </p>
    </div>
  );
}

/** 已经去过的；换了页签再回来，不再跳一次。 */
const arrived = new WeakSet<Target>();

/** 定位：先换到那一栏，画出来了再把光标放进去。 */
function useTarget(target: Target | null | undefined, geometry: Geometry, setColumn: (column: string) => void): void {
  useEffect(() => {
    if (!target || arrived.has(target) || !geometry.has(target.cell)) return;
    setColumn(columnOf(target.cell));
    const frame = requestAnimationFrame(() => {
      const input = document.getElementById(cellId(target.cell));
      arrived.add(target);
      if (input === document.activeElement) return;
      input?.scrollIntoView({ block: "center", inline: "center" });
      input?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [target, geometry, setColumn]);
}

function Printed({ table, editable, children }: { table: ReportTable; editable: boolean; children: (place: ReportPlace) => ReactNode }) {
  const { head, body } = useMemo(() => rowsOf(table), [table]);
  const row = (places: readonly ReportPlace[], index: number) => <tr key={index}>{places.map(children)}</tr>;
  return (
    <table className={`grid grid-${table.slug}`} role="grid" aria-multiselectable aria-readonly={!editable || undefined}>
      <caption className="visually-hidden">
        表{table.part}　{table.heading}
      </caption>
      {head.length > 0 && <thead>{head.map(row)}</thead>}
      <tbody>{body.map(row)}</tbody>
    </table>
  );
}

/** 有格之前的各行是表头；表二的栏目名夹在中间，不分。 */
function rowsOf(table: ReportTable): { head: ReportPlace[][]; body: ReportPlace[][] } {
  const rows = Array.from({ length: table.row_count }, (_, row) => table.places.filter((place) => place.row === row).sort((a, b) => a.column - b.column));
  const first = table.slug === "t2" ? 0 : rows.findIndex((places) => places.some((place) => place.cell !== null));
  return { head: rows.slice(0, first), body: rows.slice(first) };
}

function Label({ place }: { place: ReportPlace }) {
  const tall = place.row_span > 2 && place.column_span === 1;
  return (
    <th
      scope={place.scope ?? undefined}
      rowSpan={place.row_span}
      colSpan={place.column_span}
      className={cx("grid-label", `grid-col-${Math.min(place.column, 3)}`, tall && "grid-tall", place.scope === null && "grid-note")}
    >
      <span>{place.text}</span>
    </th>
  );
}

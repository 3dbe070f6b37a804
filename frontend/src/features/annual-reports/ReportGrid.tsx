import { memo, useCallback, useMemo, useRef, type ClipboardEvent, type KeyboardEvent, type RefObject } from "react";

import type { ReportForm, ReportPlace, ReportTable } from "@/api/types";
import { cx } from "@/ui/cx";

import { block, isSound, tidy, type Entries } from "./figures";
import type { Mark } from "./findings";
import { Geometry, type Direction } from "./geometry";
import "./grid.css";

export interface ReportGridProps {
  form: ReportForm;
  table: ReportTable;
  /** 格里写的字，求和格也在内。 */
  entries: Entries;
  /** 上年的数，空格里淡淡地显示。 */
  previous?: Readonly<Record<string, number | string | null>> | undefined;
  marks: ReadonlyMap<string, Mark>;
  /** 求和格是否锁住。 */
  lockSums: boolean;
  onChange: (changes: Record<string, string>) => void;
  onFocusCell: (key: string) => void;
}

const KEYS: Record<string, Direction> = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };

export function cellId(key: string): string {
  return `cell-${key.replaceAll(".", "-")}`;
}

/** 一张法定表格，照印出来的样子填；键盘走法同电子表格。 */
export function ReportGrid({ form, table, entries, previous, marks, lockSums, onChange, onFocusCell }: ReportGridProps) {
  const frame = useRef<HTMLDivElement>(null);
  const geometry = useMemo(() => new Geometry(table), [table]);
  const cells = useMemo(() => new Map(form.cells.map((cell) => [cell.key, cell])), [form]);
  const { head, body } = useMemo(() => rowsOf(table), [table]);
  const move = useMover(geometry, frame);
  const onPaste = useCallback(
    (key: string, event: ClipboardEvent<HTMLInputElement>) => {
      const values = block(event.clipboardData.getData("text"));
      if (values.length === 1 && values[0]?.length === 1) return;
      event.preventDefault();
      onChange(geometry.spread(key, values));
    },
    [geometry, onChange],
  );
  const row = (places: readonly ReportPlace[], index: number) => (
    <tr key={index}>
      {places.map((place) => {
        const cell = place.cell === null ? undefined : cells.get(place.cell);
        if (cell === undefined) return <Label key={place.column} place={place} />;
        const value = entries[cell.key] ?? "";
        return (
          <Entry
            key={cell.key}
            cellKey={cell.key}
            label={cell.label}
            span={place.column_span}
            value={value}
            ghost={String(previous?.[cell.key] ?? "")}
            wrong={value !== "" && !isSound(form, cell.key, value)}
            locked={lockSums && cell.sum_of.length > 0}
            decimal={cell.kind === "money"}
            mark={marks.get(cell.key)}
            onChange={onChange}
            onFocusCell={onFocusCell}
            onPaste={onPaste}
            onKey={move}
          />
        );
      })}
    </tr>
  );
  return (
    <div className="grid-frame" ref={frame} role="group" aria-label={`表${table.part}，可左右滚动`}>
      <table className={`grid grid-${table.slug}`}>
        <caption className="visually-hidden">
          表{table.part}　{table.heading}
        </caption>
        {head.length > 0 && <thead>{head.map(row)}</thead>}
        <tbody>{body.map(row)}</tbody>
      </table>
    </div>
  );
}

/** 有格之前的各行是表头；表二的栏目名夹在中间，不分。 */
function rowsOf(table: ReportTable): { head: ReportPlace[][]; body: ReportPlace[][] } {
  const rows = Array.from({ length: table.row_count }, (_, row) => table.places.filter((place) => place.row === row).sort((a, b) => a.column - b.column));
  const first = table.slug === "t2" ? 0 : rows.findIndex((places) => places.some((place) => place.cell !== null));
  return { head: rows.slice(0, first), body: rows.slice(first) };
}

function useMover(geometry: Geometry, frame: RefObject<HTMLDivElement | null>) {
  return useCallback(
    (key: string, event: KeyboardEvent<HTMLInputElement>) => {
      if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const input = event.currentTarget;
      let direction = KEYS[event.key];
      if (event.key === "Enter") direction = event.shiftKey ? "up" : "down";
      if (direction === undefined || (event.shiftKey && event.key !== "Enter")) return;
      const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
      if (direction === "left" && !whole && input.selectionStart !== 0) return;
      if (direction === "right" && !whole && input.selectionEnd !== input.value.length) return;
      event.preventDefault();
      const next = geometry.next(key, direction);
      if (next !== null) frame.current?.querySelector<HTMLInputElement>(`#${cellId(next)}`)?.focus();
    },
    [geometry, frame],
  );
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

interface EntryProps {
  cellKey: string;
  label: string;
  span: number;
  value: string;
  ghost: string;
  wrong: boolean;
  locked: boolean;
  decimal: boolean;
  mark: Mark | undefined;
  onChange: (changes: Record<string, string>) => void;
  onFocusCell: (key: string) => void;
  onPaste: (key: string, event: ClipboardEvent<HTMLInputElement>) => void;
  onKey: (key: string, event: KeyboardEvent<HTMLInputElement>) => void;
}

const Entry = memo(function Entry({ cellKey, label, span, value, ghost, wrong, locked, decimal, mark, onChange, onFocusCell, onPaste, onKey }: EntryProps) {
  const id = cellId(cellKey);
  const words = [mark?.words, wrong ? "写的不是数" : "", ghost ? `上年 ${ghost}` : ""].filter(Boolean).join("，");
  return (
    <td colSpan={span} className={cx("grid-cell", mark && `grid-${mark.level}`, wrong && "grid-wrong", locked && "grid-locked")}>
      <input
        id={id}
        value={value}
        aria-label={label}
        aria-invalid={wrong || mark?.level === "block" || undefined}
        aria-describedby={words ? `${id}-words` : undefined}
        inputMode={decimal ? "decimal" : "numeric"}
        autoComplete="off"
        readOnly={locked}
        placeholder={ghost}
        onChange={(event) => onChange({ [cellKey]: tidy(event.target.value) })}
        onFocus={(event) => {
          event.target.select();
          onFocusCell(cellKey);
        }}
        onPaste={(event) => onPaste(cellKey, event)}
        onKeyDown={(event) => onKey(cellKey, event)}
      />
      {mark && (
        <span className="grid-mark" aria-hidden>
          {mark.text}
        </span>
      )}
      {words && (
        <span className="visually-hidden" id={`${id}-words`}>
          {words}
        </span>
      )}
    </td>
  );
});

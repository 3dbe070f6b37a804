import { memo } from "react";

import { cx } from "@/ui/cx";

import type { Mark } from "./findings";
import { cellId } from "./gridControl";

export interface GridCellProps {
  cellKey: string;
  label: string;
  value: string;
  ghost: string;
  wrong: boolean;
  /** 为什么锁住；不锁为空。 */
  locked: string;
  /** Tab 走不走到；锁住的格只能用方向键到。 */
  tabbable: boolean;
  /** 与系统汇集的数不同，是人改的。 */
  edited: boolean;
  decimal: boolean;
  mark: Mark | undefined;
  onInput: (key: string, text: string, composing: boolean) => void;
}

/** 一格里的输入框与它的记号；外面是表格的 td 或清单的一行。 */
export const GridCell = memo(function GridCell({ cellKey, label, value, ghost, wrong, locked, tabbable, edited, decimal, mark, onInput }: GridCellProps) {
  const id = cellId(cellKey);
  const words = [mark?.words, wrong ? "写的不是数" : "", locked, edited ? "人工改过" : "", ghost ? `上年 ${ghost}` : ""].filter(Boolean).join("，");
  return (
    <>
      <input
        id={id}
        data-cell={cellKey}
        value={value}
        aria-label={label}
        aria-invalid={wrong || mark?.level === "block" || undefined}
        aria-describedby={words ? `${id}-words` : undefined}
        inputMode={decimal ? "decimal" : "numeric"}
        autoComplete="off"
        readOnly={locked !== ""}
        tabIndex={tabbable ? undefined : -1}
        placeholder={ghost}
        onChange={(event) => onInput(cellKey, event.target.value, (event.nativeEvent as InputEvent).isComposing)}
        onCompositionEnd={(event) => onInput(cellKey, event.currentTarget.value, false)}
      />
      {(mark || wrong) && (
        <span className="grid-mark" aria-hidden>
          {mark?.text}
          {wrong && "非数"}
        </span>
      )}
      {edited && (
        <span className="grid-edited" aria-hidden>
          改
        </span>
      )}
      {words && (
        <span className="visually-hidden" id={`${id}-words`}>
          {words}
        </span>
      )}
    </>
  );
});

export function cellClass({ mark, wrong, locked, selected }: { mark: Mark | undefined; wrong: boolean; locked: string; selected: boolean }): string {
  return cx("grid-cell", mark && `grid-${mark.level}`, wrong && "grid-wrong", locked !== "" && "grid-locked", selected && "grid-selected");
}

import type { ReactNode } from "react";

import type { ReportForm } from "@/api/types";
import { useWidth } from "@/lib/useWidth";

import type { Entries } from "./figures";
import { equationsAt, type Shown } from "./findings";

export interface EquationBarProps {
  form: ReportForm;
  focused: string | null;
  entries: Entries;
  previous?: Readonly<Record<string, number | string | null>> | undefined;
  /** 光标所在格还能做的，如“看由来”。 */
  actions?: ReactNode;
  /** 右边：发现几条，通到清单。 */
  count: string;
}

/** 粘在底下的一条：光标所在格的勾稽关系，用白话写出两边的数。 */
export function EquationBar({ form, focused, entries, previous, actions, count }: EquationBarProps) {
  const narrow = useWidth() === "narrow";
  const cell = form.cells.find((each) => each.key === focused);
  const equations = cell ? equationsAt(form, cell.key, entries, previous) : [];
  return (
    <div className="examine-foot no-print" role="group" aria-label="光标所在格的勾稽关系" tabIndex={0}>
      <div className="examine-equations">
        {cell ? (
          <>
            <strong>{cell.label}</strong>
            {equations.length === 0 ? <span className="muted">这一格没有求和关系</span> : equations.map((equation) => <Equation key={equation.rule + equation.words} equation={equation} />)}
          </>
        ) : (
          <span className="muted">{narrow ? "点进一格，这里显示它的勾稽关系。" : "光标放进一格，这里显示它的勾稽关系。方向键、回车、Tab 移动，F2 改，Ctrl+Z 撤销；可整块复制粘贴。"}</span>
        )}
      </div>
      {actions}
      <a className="examine-count" href="#findings">
        {count}
      </a>
    </div>
  );
}

function Equation({ equation }: { equation: Shown }) {
  const verdict = equation.balanced === null ? "" : equation.balanced ? "✓ 平" : `✗ 不平，差 ${equation.gap}`;
  return (
    <span className={equation.balanced === false ? "examine-off" : undefined}>
      {equation.words} {verdict}
    </span>
  );
}

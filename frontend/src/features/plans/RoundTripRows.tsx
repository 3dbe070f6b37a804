import { Link } from "@tanstack/react-router";

import type { LedgerCell, LedgerRow } from "@/api/types";
import { diffText } from "@/lib/diff";
import { RadioGroup } from "@/ui/Checkbox";
import { Notice } from "@/ui/Notice";
import { Tag, type TagTone } from "@/ui/Tag";

export interface Choice {
  take: "mine" | "theirs";
  /** 看到的库里版本。 */
  version: number;
}

export const rowKey = (row: LedgerRow) => `${row.sheet}-${row.row ?? ""}`;

const SHEETS = { assignments: "工作台账", tasks: "任务" } as const;
const STATES: Record<LedgerRow["state"], { tone: TagTone; shape: string; words: string }> = {
  unchanged: { tone: "ink", shape: "○", words: "没改" },
  changed: { tone: "blue", shape: "●", words: "改了" },
  conflict: { tone: "seal", shape: "◇", words: "冲突" },
  new: { tone: "ochre", shape: "＋", words: "表里新加" },
  missing: { tone: "ink", shape: "－", words: "表里没有了" },
  invalid: { tone: "ochre", shape: "△", words: "不能写入" },
};

/** 一行：在哪、改了哪几格；冲突的三份并列，选一份。 */
export function ReturnedRow({ row, take, onTake }: { row: LedgerRow; take: Choice["take"] | undefined; onTake: (take: Choice["take"]) => void }) {
  const state = STATES[row.state];
  const name = row.label ?? `“${SHEETS[row.sheet]}”表第 ${row.row ?? ""} 行`;
  return (
    <li className="returned-row">
      <div className="row-between">
        <h2 className="returned-name">{row.task_id ? <Link to="/tasks/$taskId" params={{ taskId: row.task_id }}>{name}</Link> : name}</h2>
        <span className="row">
          <Tag tone={state.tone} shape={state.shape}>
            {state.words}
          </Tag>
          {row.row !== null && (
            <span className="muted small nowrap">
              {SHEETS[row.sheet]} · 第 {row.row} 行
            </span>
          )}
        </span>
      </div>
      {row.changes.map((change) => (
        <section key={change.column} aria-label={change.heading} className="stack-tight">
          <h3>{change.heading}</h3>
          {row.state === "conflict" ? <Three change={change} /> : <Two change={change} />}
        </section>
      ))}
      {row.problems.map((problem) => (
        <Notice key={`${problem.code}-${problem.column ?? ""}-${problem.message}`} tone={problem.blocks ? "warn" : "info"}>
          {problem.message}
        </Notice>
      ))}
      {row.state === "missing" && <p className="muted small">库里照旧，没有删去。</p>}
      {row.state === "conflict" && (
        <RadioGroup
          segmented
          label="导出以后别人又改过这一行，用哪一份"
          value={take ?? null}
          options={[
            { id: "mine", label: "用表里的" },
            { id: "theirs", label: "留库里的" },
          ]}
          onChange={onTake}
        />
      )}
    </li>
  );
}

function Two({ change }: { change: LedgerCell }) {
  return (
    <p className="prose returned-text">
      {diffText(change.current, change.after).map((piece, index) =>
        piece.kind === "same" ? (
          <span key={index}>{piece.text}</span>
        ) : piece.kind === "added" ? (
          <ins key={index}>{piece.text}</ins>
        ) : (
          <del key={index}>{piece.text}</del>
        ),
      )}
      {change.after === "" && <span className="muted">（清空）</span>}
    </p>
  );
}

function Three({ change }: { change: LedgerCell }) {
  const versions = [
    { words: "库里现在", text: change.current },
    { words: "导出时", text: change.before },
    { words: "表里", text: change.after },
  ];
  return (
    <div className="returned-three">
      {versions.map(({ words, text }) => (
        <div key={words}>
          <p className="muted small">{words}</p>
          <p className="prose returned-text">{text === null ? <span className="muted">（没有留底）</span> : text || <span className="muted">（空）</span>}</p>
        </div>
      ))}
    </div>
  );
}

import { Pencil } from "lucide-react";
import { useEffect, useRef } from "react";

import type { Assignee, ImportFix, ImportRow, PlanImport, ProblemGroup } from "@/api/types";
import { showDate } from "@/lib/dates";
import { useVirtualRows } from "@/lib/useVirtualRows";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { cx } from "@/ui/cx";
import { DutyText } from "@/ui/DutyText";
import { Fold } from "@/ui/Page";
import { EmptyState } from "@/ui/States";
import { Tag, type TagTone } from "@/ui/Tag";

import { DUTY_KINDS } from "./duties";
import { isOpen } from "./patches";
import { openRows } from "./problems";

export interface RowsProps {
  draft: PlanImport;
  current: number | undefined;
  onlyOpen: boolean;
  pending: boolean;
  /** 每跳一次加一：把焦点带到正看着的那一项。 */
  jump: number;
  onOnlyOpen: (only: boolean) => void;
  onLook: (position: number) => void;
  onEdit: (row: ImportRow) => void;
  onFix: (...fixes: ImportFix[]) => Promise<unknown>;
}

const ROW_HEIGHT = 260;

/** 读出的各行；上千行也只画看得见的。 */
export function RowsView(props: RowsProps) {
  const { draft, current, onlyOpen, jump, onOnlyOpen } = props;
  const box = useRef<HTMLDivElement>(null);
  const open = openRows(draft.problem_groups);
  const rows = onlyOpen ? draft.rows.filter((row) => open.has(row.position)) : draft.rows;
  const virtual = useVirtualRows({ frame: box, count: rows.length, height: ROW_HEIGHT, spare: 3, keyOf: (index) => rows[index]?.position ?? index });
  const at = rows.findIndex((row) => row.position === current);
  const arrived = useRef(-1);
  useEffect(() => {
    // 打开页面时、每跳一次时滚到；人自己点的已在眼前，不动
    if (at < 0 || arrived.current === jump) return;
    arrived.current = jump;
    virtual.scrollToIndex(at, { align: "start" });
  }, [at, jump, virtual]);
  return (
    <div className="stack-tight">
      <Checkbox checked={onlyOpen} onChange={onOnlyOpen}>
        只看有问题的（{open.size} 项）
      </Checkbox>
      <div ref={box} className="import-scroll import-virtual" role="region" aria-label="读出的各行" tabIndex={0}>
        {rows.length === 0 && <EmptyState title="没有有问题的行">全部都已定好，可以成表。</EmptyState>}
        <ol className="import-rows" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <li key={key} data-index={index} ref={virtual.measureElement} className="import-item" style={{ transform: `translateY(${start}px)` }} aria-setsize={rows.length} aria-posinset={index + 1}>
                {row.category !== rows[index - 1]?.category && <p className="import-category">{row.category}</p>}
                <Row {...props} row={row} active={row.position === current} />
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}

function Row({ draft, row, active, jump, pending, onLook, onEdit, onFix }: RowsProps & { row: ImportRow; active: boolean }) {
  const heading = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (active && jump > 0) heading.current?.focus({ preventScroll: true });
  }, [active, jump]);
  const duties = row.duties.map((duty) => ({ ...duty, id: String(duty.position) }));
  const groups = draft.problem_groups.filter((group) => group.level !== "note" && group.rows.includes(row.position));
  const done = row.task_id !== null;
  return (
    <article className={cx("card", "import-row", active && "import-row-now")} aria-label={`第 ${row.position} 项`}>
      <div className="row-between">
        <h3>
          <button ref={heading} type="button" className="import-row-title" aria-pressed={active} title="在原文中标出" onClick={() => onLook(row.position)}>
            {row.position}. {row.title}
          </button>
        </h3>
        {done ? (
          <Tag tone="bamboo" shape="●">
            已成表
          </Tag>
        ) : (
          <Button small icon={Pencil} onClick={() => onEdit(row)}>
            修改<span className="visually-hidden">第 {row.position} 项</span>
          </Button>
        )}
      </div>
      {!done && groups.map((group) => <RowProblem key={group.code + (group.text ?? "")} group={group} pending={pending} onFix={onFix} />)}
      <DutyText content={row.content} duties={duties} />
      <ul className="row" aria-label="责任单位">
        {row.assignees.map((assignee, index) => (
          <li key={`${assignee.text}-${index}`}>
            <AssigneeTag assignee={assignee} />
          </li>
        ))}
      </ul>
      {row.due && (
        <p>
          <span className="muted">时限：</span>
          {row.due.on ? showDate(row.due.on) : row.due.text} {row.due.on && <span className="muted">（原文“{row.due.text}”）</span>}
        </p>
      )}
      {row.problems.some((problem) => !problem.acknowledged && problem.code === "no-duty") && <p className="muted small">没有读出可核验的要求</p>}
      {row.duties.length > 0 && <Duties row={row} />}
    </article>
  );
}

function RowProblem({ group, pending, onFix }: { group: ProblemGroup; pending: boolean; onFix: RowsProps["onFix"] }) {
  const best = group.candidates.some((candidate) => candidate.score > 0) ? group.fixes[0] : undefined;
  return (
    <p className="row">
      <span className={group.level === "block" ? "tag-text-seal" : "tag-text-ochre"}>
        {group.level === "block" ? "◆" : "▲"} {group.text === null ? group.message : `“${group.text}”：${group.message}`}
      </span>
      {best && (
        <Button small pending={pending} onClick={() => void onFix(best.fix as unknown as ImportFix).catch(() => undefined)}>
          {best.label}
        </Button>
      )}
    </p>
  );
}

function Duties({ row }: { row: ImportRow }) {
  return (
    <Fold summary={`要求 ${row.duties.length} 条`}>
      <ol className="stack-tight">
        {row.duties.map((duty) => (
          <li key={duty.position} className="row">
            <span className="duty-number">{duty.position}</span>
            <span>“{duty.text}”</span>
            <Tag>{DUTY_KINDS.find((kind) => kind.id === duty.kind)?.label ?? duty.kind}</Tag>
            {duty.due_on && <span>{showDate(duty.due_on)}</span>}
            {duty.threshold && (
              <span>
                {duty.threshold.op === ">=" ? "不少于" : duty.threshold.op === "<=" ? "不超过" : "等于"} {duty.threshold.value}
                {duty.threshold.unit}
              </span>
            )}
          </li>
        ))}
      </ol>
    </Fold>
  );
}

const LOOK: Record<Assignee["state"], { tone: TagTone; shape: string; words: string }> = {
  matched: { tone: "ink", shape: "●", words: "" },
  group: { tone: "blue", shape: "▤", words: "统称" },
  suggested: { tone: "ochre", shape: "◇", words: "疑似" },
  undecided: { tone: "ochre", shape: "◇", words: "待指定" },
  unknown: { tone: "seal", shape: "◆", words: "不认识" },
};

function AssigneeTag({ assignee }: { assignee: Assignee }) {
  const look = LOOK[assignee.decided && assignee.unit_ids.length === 0 ? "matched" : assignee.state];
  const count = assignee.state === "group" || assignee.unit_ids.length > 1 ? ` ${assignee.unit_ids.length} 个` : "";
  const none = assignee.decided && assignee.unit_ids.length === 0 ? "（不指单位）" : "";
  return (
    <Tag tone={look.tone} shape={look.shape}>
      {assignee.text}
      {count}
      {isOpen(assignee) && look.words ? `（${look.words}）` : none}
    </Tag>
  );
}

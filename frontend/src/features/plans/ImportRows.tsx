import { Pencil } from "lucide-react";
import { useState } from "react";

import type { Assignee, ImportRow, PlanImport } from "@/api/types";
import { showDate } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { DutyText } from "@/ui/DutyText";
import { Card, Fold } from "@/ui/Page";
import { Tag, type TagTone } from "@/ui/Tag";

import { DUTY_KINDS } from "./duties";
import { isOpen } from "./patches";

/** 左边原文，右边读出的各行；看哪一行，原文里就标哪一段。 */
export function ImportRows({ draft, onEdit }: { draft: PlanImport; onEdit: ((row: ImportRow) => void) | undefined }) {
  const [current, setCurrent] = useState<ImportRow | null>(null);
  const [doubtful, setDoubtful] = useState(false);
  const rows = doubtful ? draft.rows.filter((row) => row.problems.length > 0 || row.assignees.some(isOpen)) : draft.rows;
  const categories = [...new Set(rows.map((row) => row.category))];
  return (
    <div className="import">
      <Source paragraphs={draft.source_paragraphs} current={current} />
      <div className="stack">
        <Checkbox checked={doubtful} onChange={setDoubtful}>
          只看有疑问的（{draft.summary.rows_with_problems} 项）
        </Checkbox>
        {categories.map((category) => (
          <section key={category} className="stack" aria-label={category}>
            <h2 className="import-category">{category}</h2>
            {rows
              .filter((row) => row.category === category)
              .map((row) => (
                <Row key={row.position} row={row} active={current?.position === row.position} onLook={() => setCurrent(row)} onEdit={onEdit} />
              ))}
          </section>
        ))}
      </div>
    </div>
  );
}

function Source({ paragraphs, current }: { paragraphs: readonly string[]; current: ImportRow | null }) {
  const [open, setOpen] = useState(true);
  const at = current?.source.paragraph ?? null;
  return (
    <aside className="import-source" aria-label="原文">
      <div className="row-between">
        <h2>原文</h2>
        <Button small variant="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "收起" : "展开"}
        </Button>
      </div>
      {open && (
        <div className="import-text" role="region" aria-label="原文各段" tabIndex={0}>
          {paragraphs.map((text, index) => (
            <p key={index} className={at === index + 1 ? "import-here" : undefined} ref={at === index + 1 ? (node) => node?.scrollIntoView?.({ block: "nearest" }) : undefined}>
              {text}
            </p>
          ))}
        </div>
      )}
    </aside>
  );
}

function Row({ row, active, onLook, onEdit }: { row: ImportRow; active: boolean; onLook: () => void; onEdit: ((row: ImportRow) => void) | undefined }) {
  const duties = row.duties.map((duty) => ({ ...duty, id: String(duty.position) }));
  return (
    <Card
      level={3}
      className={active ? "import-row import-row-now" : "import-row"}
      title={`${row.position}. ${row.title}`}
      actions={
        <span className="row">
          {row.source.paragraph !== null && (
            <Button small variant="quiet" aria-pressed={active} onClick={onLook}>
              对原文<span className="visually-hidden">：第 {row.position} 项</span>
            </Button>
          )}
          {onEdit && (
            <Button small icon={Pencil} onClick={() => onEdit(row)}>
              修改<span className="visually-hidden">：第 {row.position} 项</span>
            </Button>
          )}
        </span>
      }
    >
      {row.problems.map((problem) => (
        <p key={problem.code + problem.message} className="tag-text-ochre">
          ▲ {problem.message}
        </p>
      ))}
      <DutyText content={row.content} duties={duties} />
      <ul className="row" aria-label="责任单位">
        {row.assignees.map((assignee) => (
          <li key={assignee.text}>
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
      {row.duties.length > 0 && (
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
      )}
    </Card>
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

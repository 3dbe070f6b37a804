import { useState } from "react";

import type { RegisterImport, RegisterImportGroup } from "@/api/types";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { EmptyState } from "@/ui/States";
import { Tag } from "@/ui/Tag";

const LEVELS = { block: { tone: "seal", shape: "◆", words: "须改" }, warn: { tone: "ochre", shape: "▲", words: "请核对" }, note: { tone: "ink", shape: "○", words: "看一眼" } } as const;

interface Props {
  draft: RegisterImport;
  pending: boolean;
  onFix: (fix: Record<string, unknown>) => Promise<unknown>;
  onEdit: (position: number) => void;
}

/** 问题按种类归拢：能一次改好的给现成的改法，其余点行号去改。 */
export function ImportProblems(props: Props) {
  const { draft } = props;
  if (draft.problem_groups.length === 0) {
    return <EmptyState title="没有问题">{draft.actions.includes("commit") ? "可以登记了。" : "已经全部登记。"}</EmptyState>;
  }
  return (
    <div className="stack">
      {draft.summary.blocked === 0 && <Notice tone="ok">没有挡住的；下面几处看一眼即可。</Notice>}
      <ul className="stack">
        {draft.problem_groups.map((group) => (
          <li key={`${group.code}.${group.column ?? ""}.${group.text ?? ""}`} className="card stack-tight">
            <Group {...props} group={group} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Group({ draft, group, pending, onFix, onEdit }: Props & { group: RegisterImportGroup }) {
  const look = LEVELS[group.level];
  return (
    <>
      <div className="row">
        <h2>{group.title}</h2>
        <Tag tone={look.tone} shape={look.shape}>
          {look.words}
        </Tag>
        <span className="muted small">{group.count} 处</span>
      </div>
      <p>{group.message}</p>
      {draft.actions.includes("edit") && group.fixes.length > 0 && (
        <div className="row">
          {group.fixes.map(({ label, fix }) => (
            <Button key={label} small pending={pending} onClick={() => void onFix(fix).catch(() => undefined)}>
              {label}
            </Button>
          ))}
        </div>
      )}
      <Positions draft={draft} rows={group.rows} onEdit={onEdit} />
    </>
  );
}

const FEW = 12;

function Positions({ draft, rows, onEdit }: { draft: RegisterImport; rows: readonly number[]; onEdit: (position: number) => void }) {
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, FEW);
  return (
    <p className="row small">
      <span className="muted">表中第</span>
      {shown.map((position) => {
        const line = draft.rows[position - 1]?.source.row ?? position;
        return (
          <Button key={position} small variant="quiet" aria-label={`改表中第 ${line} 行`} onClick={() => onEdit(position)}>
            {line}
          </Button>
        );
      })}
      {rows.length > shown.length ? (
        <Button small variant="quiet" onClick={() => setAll(true)}>
          … 共 {rows.length} 行
        </Button>
      ) : (
        <span className="muted">行</span>
      )}
    </p>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { ImportComparison, PlanImport, RowChange } from "@/api/types";
import { diffText } from "@/lib/diff";
import { showTime } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { FilterChips } from "@/ui/FilterChips";
import { Notice } from "@/ui/Notice";
import { Select } from "@/ui/Select";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { Tag, type TagTone } from "@/ui/Tag";

import { comparisonQuery } from "./queries";

const KINDS = {
  new: { tone: "bamboo", shape: "＋", words: "新增" },
  changed: { tone: "ochre", shape: "≠", words: "有改动" },
  missing: { tone: "seal", shape: "－", words: "这次没有" },
  unchanged: { tone: "ink", shape: "＝", words: "没有变" },
} as const satisfies Record<RowChange["change"], { tone: TagTone; shape: string; words: string }>;
const ORDER = ["new", "changed", "missing", "unchanged"] as const;
const STATUS = { draft: "未印发", issued: "已印发", closed: "已办结", partly: "部分成表", committed: "已成表" } as const;
const nameOf = (choice: ImportComparison["choices"][number]) =>
  choice.kind === "plan" ? `分解表《${choice.title}》（${STATUS[choice.status]}）` : `导入草稿《${choice.title}》（${showTime(choice.created_at)}）`;

interface DifferenceProps {
  draft: PlanImport;
  against: string | undefined;
  onAgainst: (against: string) => void;
  onShow: (position: number) => void;
}

/** 与先前那份的差异：新增、有改动（逐项前后）、这次没有的。 */
export function DifferenceView({ draft, against, onAgainst, onShow }: DifferenceProps) {
  const { data, error, refetch } = useQuery(comparisonQuery(draft.id, draft.version, against));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={6} label="正在比对…" />;
  return <Difference found={data} onAgainst={onAgainst} onShow={onShow} />;
}

const STEP = 100;

function Difference({ found, onAgainst, onShow }: { found: ImportComparison } & Pick<DifferenceProps, "onAgainst" | "onShow">) {
  const [kind, setKind] = useState<RowChange["change"] | null>(null);
  const [limit, setLimit] = useState(STEP);
  if (found.choices.length === 0) return <EmptyState title="没有可对照的">这个单位在这一年度没有别的分解表，也没有更早的导入草稿。</EmptyState>;
  const rows = found.rows.filter((row) => (kind ? row.change === kind : row.change !== "unchanged"));
  return (
    <div className="import-scroll stack" role="region" aria-label="差异" tabIndex={0}>
      <Select
        label="与哪一份对照"
        empty={found.against ? undefined : "请选一份"}
        value={found.against ? `${found.against.kind}:${found.against.id}` : ""}
        options={found.choices.map((choice) => ({ id: `${choice.kind}:${choice.id}`, label: nameOf(choice) }))}
        onChange={(id) => id && onAgainst(id)}
      />
      {!found.against && <p className="muted">没有标题相近的；选一份即可对照。</p>}
      {found.against && (
        <>
          <Notice tone={found.into === "supplement" ? "warn" : "info"}>{found.words}</Notice>
          <FilterChips label="差异种类" value={kind} onChange={setKind} items={ORDER.map((id) => ({ id, label: KINDS[id].words, count: found.counts[id], tone: KINDS[id].tone }))} />
          {rows.length === 0 && <EmptyState title={kind ? "没有这一种" : "内容完全相同"} />}
          <ul className="stack-tight">
            {rows.slice(0, limit).map((row) => (
              <Change key={`${row.position ?? ""}-${row.key ?? ""}`} row={row} onShow={onShow} />
            ))}
          </ul>
          {rows.length > limit && <Button onClick={() => setLimit(limit + STEP)}>再看 {Math.min(STEP, rows.length - limit)} 项</Button>}
        </>
      )}
    </div>
  );
}

function Change({ row, onShow }: { row: RowChange; onShow: (position: number) => void }) {
  const look = KINDS[row.change];
  const { position } = row;
  return (
    <li className="difference">
      <p className="row">
        <Tag tone={look.tone} shape={look.shape}>
          {look.words}
        </Tag>
        {position === null ? (
          <span>{row.title}</span>
        ) : (
          <button type="button" className="import-row-title" onClick={() => onShow(position)}>
            {position}. {row.title}
          </button>
        )}
      </p>
      {row.fields.length > 0 && (
        <dl className="difference-fields">
          {row.fields.map((field) => (
            <div key={field.field}>
              <dt>{field.label}</dt>
              <dd>
                {diffText(field.before, field.after).map((piece, index) =>
                  piece.kind === "same" ? <span key={index}>{piece.text}</span> : piece.kind === "added" ? <ins key={index}>{piece.text}</ins> : <del key={index}>{piece.text}</del>,
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

import { Link } from "@tanstack/react-router";
import { Pencil } from "lucide-react";
import { useRef, useState } from "react";

import type { Register, RegisterImport, RegisterImportRow } from "@/api/types";
import { useVirtualRows } from "@/lib/useVirtualRows";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { EmptyState } from "@/ui/States";

const ROW_HEIGHT = 110;

/** 读出的各行：主要几格、各步经过、问题；上千行也只画看得见的。 */
export function ImportRows({ register, draft, onEdit }: { register: Register; draft: RegisterImport; onEdit: (position: number) => void }) {
  const [only, setOnly] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const open = draft.rows.filter((row) => row.entry_id === null && row.problems.some((problem) => !problem.acknowledged && problem.level !== "note"));
  const rows = only ? open : draft.rows;
  const virtual = useVirtualRows({ frame: box, count: rows.length, height: ROW_HEIGHT, spare: 4, keyOf: (index) => rows[index]?.position ?? index });
  return (
    <div className="stack-tight">
      <Checkbox checked={only} onChange={setOnly}>
        只看有问题的（{open.length} 行）
      </Checkbox>
      <div ref={box} className="register-import-rows" role="region" aria-label="读出的各行" tabIndex={0}>
        {rows.length === 0 && <EmptyState title={only ? "没有有问题的行" : "表里没有内容"} />}
        <ol style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index];
            return row ? (
              <li key={key} ref={virtual.measureElement} data-index={index} style={{ transform: `translateY(${start}px)` }}>
                <Row register={register} draft={draft} row={row} onEdit={onEdit} />
              </li>
            ) : null;
          })}
        </ol>
      </div>
    </div>
  );
}

function Row({ register, draft, row, onEdit }: { register: Register; draft: RegisterImport; row: RegisterImportRow; onEdit: (position: number) => void }) {
  const { title, ref_no, opened_on, unit } = row.cells;
  const party = [row.cells["party.name"], row.cells["party.kind"]].filter(Boolean).join("，");
  return (
    <article className="stack-tight">
      <div className="row-between">
        <div>
          <span className="muted small">第 {row.source.row} 行</span>{" "}
          {row.entry_id ? (
            <Link to="/registers/$slug/$id" params={{ slug: register.slug, id: row.entry_id }}>
              {title}
            </Link>
          ) : (
            <strong>{title ?? "（没有标题）"}</strong>
          )}
        </div>
        {row.entry_id ? (
          <span className="tag-text-bamboo small">已登记</span>
        ) : (
          draft.actions.includes("edit") && (
            <Button small icon={Pencil} aria-label={`改表中第 ${row.source.row} 行`} onClick={() => onEdit(row.position)}>
              改
            </Button>
          )
        )}
      </div>
      <p className="muted small">{[ref_no, opened_on, unit, party].filter(Boolean).join("　")}</p>
      {row.steps.length > 0 && <p className="small">{row.steps.map((step) => `${step.title} ${dayOf(step.cells, step.kind)}`).join(" → ")}</p>}
      {row.problems
        .filter((problem) => !problem.acknowledged)
        .map((problem) => (
          <p key={problem.message} className={problem.level === "block" ? "tag-text-seal small" : "tag-text-ochre small"}>
            {problem.message}
          </p>
        ))}
    </article>
  );
}

function dayOf(cells: Readonly<Record<string, string>>, kind: string): string {
  return cells[`events.${kind}.on`] ?? cells[`events.${kind}.at`] ?? "";
}

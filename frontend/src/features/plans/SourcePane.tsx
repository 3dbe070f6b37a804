import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";

import type { ImportRow, ImportSource, PlanImport, SourceGrid } from "@/api/types";
import { useVirtualRows } from "@/lib/useVirtualRows";
import { cx } from "@/ui/cx";
import { Fold } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { ErrorState, Loading } from "@/ui/States";

import { importSourceQuery } from "./queries";
import { columnWidths, drawRow, indexRows, placesOf } from "./sourceGrid";

/** 原文：有表格的照原样画表，没有的列各段；正看着的那一项取自哪里，就标哪里。 */
export function SourcePane({ draft, current }: { draft: PlanImport; current: ImportRow | null }) {
  const { data, error, refetch } = useQuery(importSourceQuery(draft.id));
  return (
    <aside className="import-source" aria-label="原文">
      {error && !data ? <ErrorState error={error} onRetry={() => void refetch()} /> : data ? <Source source={data} draft={draft} current={current} /> : <Loading lines={8} label="正在取原文…" />}
    </aside>
  );
}

function Source({ source, draft, current }: { source: ImportSource; draft: PlanImport; current: ImportRow | null }) {
  const used = useMemo(() => new Set(draft.rows.map((row) => row.source.grid)), [draft.rows]);
  const [chosen, setChosen] = useState<number | null>(null);
  const own = current?.source.grid ?? null;
  useEffect(() => setChosen(null), [own]);
  if (source.grids.length === 0 || ![...used].some((grid) => grid !== null)) return <Paragraphs paragraphs={source.paragraphs} current={current} />;
  const first = source.grids.findIndex((_, index) => used.has(index));
  const shown = chosen ?? own ?? Math.max(first, 0);
  const grid = source.grids[shown];
  return (
    <>
      {source.grids.length > 1 && (
        <Select
          label="原文的表"
          value={String(shown)}
          options={source.grids.map((each, index) => ({ id: String(index), label: `${each.name ?? `第 ${index + 1} 张表`}${used.has(index) ? "" : "（没有任务）"}` }))}
          onChange={(id) => setChosen(Number(id))}
        />
      )}
      {grid && <GridTable key={shown} grid={grid} caption={`原文：${grid.name ?? draft.file_name}`} current={own === shown ? current : null} />}
      {source.paragraphs.length > 0 && (
        <Fold summary={`表外文字（${source.paragraphs.length} 段）`}>
          <div className="stack-tight source-prose">
            {source.paragraphs.map((text, index) => (
              <p key={index}>{text}</p>
            ))}
          </div>
        </Fold>
      )}
    </>
  );
}

function Paragraphs({ paragraphs, current }: { paragraphs: readonly string[]; current: ImportRow | null }) {
  const box = useRef<HTMLDivElement>(null);
  const places = current?.source.places ?? {};
  const here = new Set(Object.values(places).flatMap((column) => column.map(([paragraph]) => paragraph)));
  const content = current?.source.paragraph ?? null;
  useEffect(() => {
    if (content !== null) scrollWithin(box.current, box.current?.children[content - 1]);
  }, [content]);
  return (
    <div ref={box} className="source-frame source-prose" role="region" aria-label="原文各段" tabIndex={0}>
      {paragraphs.map((text, index) => (
        <p key={index} className={cx("source-paragraph", here.has(index + 1) && "source-here", content === index + 1 && "source-main")} aria-current={content === index + 1 || undefined}>
          {text}
        </p>
      ))}
    </div>
  );
}

const ROW_HEIGHT = 64;

function GridTable({ grid, caption, current }: { grid: SourceGrid; caption: string; current: ImportRow | null }) {
  const frame = useRef<HTMLDivElement>(null);
  const index = useMemo(() => indexRows(grid), [grid]);
  const widths = useMemo(() => columnWidths(grid), [grid]);
  const places = placesOf(current);
  const virtual = useVirtualRows({ frame, count: grid.row_count, height: ROW_HEIGHT, spare: 12 });
  const row = current?.source.row ?? null;
  useEffect(() => {
    if (row === null) return undefined;
    virtual.scrollToIndex(row - 1, { align: "center" });
    const timer = setTimeout(() => scrollWithin(frame.current, frame.current?.querySelector(".source-main")), 120);
    return () => clearTimeout(timer);
  }, [row, virtual]);
  const drawn = virtual.getVirtualItems();
  const from = (drawn[0]?.index ?? 0) + 1;
  const to = (drawn.at(-1)?.index ?? -1) + 2;
  const above = drawn[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (drawn.at(-1)?.end ?? 0);
  return (
    <div ref={frame} className="source-frame" role="region" aria-label={caption} tabIndex={0}>
      <table className="source-table" aria-rowcount={grid.row_count}>
        <caption className="visually-hidden">{caption}</caption>
        <colgroup>
          <col className="source-number-column" />
          {widths.map((width, column) => (
            <col key={column} style={{ width: `${width}rem` }} />
          ))}
        </colgroup>
        <tbody>
          {above > 0 && <Spacer height={above} columns={grid.column_count} />}
          {drawn.map(({ index: at, key }) => (
            <tr key={key} data-index={at} ref={virtual.measureElement} aria-rowindex={at + 1}>
              <th scope="row" className="source-number">
                {at + 1}
              </th>
              {drawRow(index, grid.column_count, at + 1, from, to).map(({ cell, column, rowSpan, columnSpan }) => {
                const here = cell !== null && places.has(`${cell.row},${cell.column}`);
                const main = here && cell.row === row && cell.column === current?.source.column;
                return (
                  <td key={column} rowSpan={rowSpan} colSpan={columnSpan} className={cx(here && "source-here", main && "source-main")} aria-current={main || undefined}>
                    {rowSpan > 1 ? <span className="source-sticky">{cell?.text}</span> : cell?.text}
                  </td>
                );
              })}
            </tr>
          ))}
          {below > 0 && <Spacer height={below} columns={grid.column_count} />}
        </tbody>
      </table>
      {grid.truncated && <p className="muted small">表格过大，只画读出任务的各行。</p>}
    </div>
  );
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={columns + 1} className="source-spacer" style={{ height }} />
    </tr>
  );
}

/** 只在框里滚，不动整页。 */
function scrollWithin(frame: HTMLElement | null, target: Element | null | undefined): void {
  if (!frame || !target) return;
  const outer = frame.getBoundingClientRect();
  const inner = target.getBoundingClientRect();
  if (inner.top < outer.top || inner.bottom > outer.bottom) frame.scrollTop += inner.top - outer.top - (outer.height - Math.min(inner.height, outer.height)) / 2;
  if (inner.left < outer.left || inner.right > outer.right) frame.scrollLeft += inner.left - outer.left - 64;
}

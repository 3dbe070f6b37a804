import type { ReportForm, ReportTable } from "@/api/types";
import { Select } from "@/ui/Select";

import { type Mark } from "./findings";
import { cellClass, GridCell } from "./GridCell";
import type { CellLook } from "./ReportGrid";
import { cellId } from "./gridControl";

type Cell = ReportForm["cells"][number];

export interface GridListProps {
  table: ReportTable;
  cells: ReadonlyMap<string, Cell>;
  lookOf: (key: string) => CellLook;
  /** 表三看哪一栏申请人。 */
  column: string;
  onColumn: (column: string) => void;
  marks: ReadonlyMap<string, Mark>;
  onInput: (key: string, text: string, composing: boolean) => void;
}

/** `t3.r3.1.natural` → natural；别的表不分栏。 */
export function columnOf(key: string): string {
  return key.slice(key.lastIndexOf(".") + 1);
}

interface Group {
  title: string;
  rows: { key: string; name: string }[];
}

/** 手机上的一张表：表三一次一栏申请人，别的按栏目分组；左边是名，右边填数。 */
export function GridList({ table, cells, lookOf, column, onColumn, marks, onInput }: GridListProps) {
  const keys = table.places.flatMap(({ cell }) => (cell === null ? [] : [cell]));
  const byApplicant = table.slug === "t3";
  const columns = byApplicant ? [...new Set(keys.map(columnOf))] : [];
  const shown = columns.includes(column) ? column : (columns[0] ?? "");
  const groups = byApplicant ? applicantGroups(keys.filter((key) => columnOf(key) === shown), cells) : headGroups(keys, cells);
  const nameOf = (id: string) => labelOf(cells, keys.find((key) => columnOf(key) === id) ?? "")[1];
  const marked = (id: string) => keys.filter((key) => columnOf(key) === id && marks.get(key)?.level === "block").length;
  return (
    <div className="grid-list">
      {byApplicant && (
        <Select
          label="申请人"
          value={shown}
          options={columns.map((id) => ({ id, label: `${nameOf(id)}${marked(id) > 0 ? `（${marked(id)} 格有问题）` : ""}` }))}
          onChange={(next) => next && onColumn(next)}
        />
      )}
      {groups.map((group, index) => (
        <section key={group.title || index} aria-label={group.title || undefined}>
          {group.title && <h3>{group.title}</h3>}
          <ul>
            {group.rows.map(({ key, name }) => {
              const look = lookOf(key);
              return (
                <li key={key} className={cellClass({ ...look, selected: false })}>
                  <label htmlFor={cellId(key)}>{name}</label>
                  <span className="grid-list-value">
                    <GridCell cellKey={key} {...look} onInput={onInput} />
                  </span>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}

function labelOf(cells: ReadonlyMap<string, Cell>, key: string): [row: string, column: string] {
  const label = cells.get(key)?.label ?? key;
  const at = label.lastIndexOf("·");
  return [label.slice(0, at), label.slice(at + 1)];
}

function headGroups(keys: readonly string[], cells: ReadonlyMap<string, Cell>): Group[] {
  const groups = new Map<string, Group>();
  for (const key of keys) {
    const [title, name] = labelOf(cells, key);
    const group = groups.get(title) ?? { title, rows: [] };
    group.rows.push({ key, name });
    groups.set(title, group);
  }
  return [...groups.values()];
}

/** “（三）不予公开1.属于国家秘密”：前半是组名，后半是行名；没有分项的归在一起。 */
function applicantGroups(keys: readonly string[], cells: ReadonlyMap<string, Cell>): Group[] {
  const groups: Group[] = [];
  for (const key of keys) {
    const [row] = labelOf(cells, key);
    const split = /^(（.）\D+)(\d\..+)$/.exec(row);
    const title = split?.[1] ?? "";
    if (groups.at(-1)?.title !== title) groups.push({ title, rows: [] });
    groups.at(-1)?.rows.push({ key, name: split?.[2] ?? row });
  }
  return groups;
}

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";

import { useWidth } from "@/lib/useWidth";

import { CardList, ListCard } from "./CardList";
import { Checkbox } from "./Checkbox";
import { cx } from "./cx";
import "./table.css";

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** 列宽，单位是字（rem）；不给的列分剩下的宽。 */
  width?: number;
  align?: "start" | "end" | "center";
  /** 行的名字所在列：成为 th，卡片里作标题。 */
  primary?: boolean;
  /** 只在宽屏显示（窄时卡片里仍在）。 */
  wideOnly?: boolean;
  /** 卡片里不放。 */
  cardHidden?: boolean;
  /** 可排序：点表头给出的排序值（正序、倒序）。 */
  sort?: { asc: string; desc: string };
}

export interface DataTableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort?: string | undefined;
  onSort?: ((sort: string) => void) | undefined;
  selection?: { selected: ReadonlySet<string>; onChange: (selected: Set<string>) => void; nameOf: (row: Row) => string } | undefined;
  empty?: ReactNode;
  rowClass?: ((row: Row) => string | undefined) | undefined;
}

/** 台账表：原生表格，表头粘住；不够宽时一行变一张卡。 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const width = useWidth();
  if (props.rows.length === 0 && props.empty) return <>{props.empty}</>;
  if (width === "narrow") return <Cards {...props} />;
  return <Grid {...props} columns={props.columns.filter((column) => width === "wide" || !column.wideOnly)} />;
}

function Grid<Row>({ caption, columns, rows, rowKey, sort, onSort, selection, rowClass }: DataTableProps<Row>) {
  return (
    <div className="table-frame" role="region" aria-label={caption} tabIndex={0}>
      <table className="table">
        <caption className="visually-hidden">{caption}</caption>
        <colgroup>
          {selection && <col className="table-col-check" />}
          {columns.map((column) => (
            <col key={column.id} style={column.width === undefined ? undefined : { width: `${column.width}rem` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {selection && (
              <th scope="col">
                <SelectAll rows={rows} rowKey={rowKey} selection={selection} />
              </th>
            )}
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = rowKey(row);
            return (
              <tr key={key} className={rowClass?.(row)} data-selected={selection?.selected.has(key) || undefined}>
                {selection && (
                  <td>
                    <SelectRow row={row} id={key} selection={selection} />
                  </td>
                )}
                {columns.map((column) =>
                  column.primary ? (
                    <th key={column.id} scope="row" className={cx("table-primary", column.align && `align-${column.align}`)}>
                      {column.cell(row)}
                    </th>
                  ) : (
                    <td key={column.id} className={column.align && `align-${column.align}`}>
                      {column.cell(row)}
                    </td>
                  ),
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function HeaderCell<Row>({ column, sort, onSort }: { column: Column<Row>; sort?: string | undefined; onSort?: ((sort: string) => void) | undefined }) {
  const align = column.align && `align-${column.align}`;
  if (!column.sort || !onSort) {
    return (
      <th scope="col" className={align}>
        {column.header}
      </th>
    );
  }
  const { asc, desc } = column.sort;
  const direction = sort === asc ? "ascending" : sort === desc ? "descending" : undefined;
  const Icon = direction === "ascending" ? ArrowUp : direction === "descending" ? ArrowDown : ChevronsUpDown;
  return (
    <th scope="col" className={align} aria-sort={direction ?? "none"}>
      <button type="button" className="table-sort" onClick={() => onSort(sort === asc ? desc : asc)}>
        {column.header}
        <Icon size="0.95em" aria-hidden />
      </button>
    </th>
  );
}

function Cards<Row>({ caption, columns, rows, rowKey, selection, rowClass }: DataTableProps<Row>) {
  const primary = columns.find((column) => column.primary) ?? columns[0];
  const rest = columns.filter((column) => column !== primary && !column.cardHidden);
  return (
    <CardList label={caption}>
      {rows.map((row) => {
        const key = rowKey(row);
        const head = (
          <>
            {selection && <SelectRow row={row} id={key} selection={selection} />}
            <div className="list-card-title">{primary?.cell(row)}</div>
          </>
        );
        return (
          <ListCard key={key} head={head} className={rowClass?.(row)}>
            <dl>
              {rest.map((column) => (
                <div key={column.id}>
                  <dt>{column.header}</dt>
                  <dd>{column.cell(row)}</dd>
                </div>
              ))}
            </dl>
          </ListCard>
        );
      })}
    </CardList>
  );
}

type Selection<Row> = NonNullable<DataTableProps<Row>["selection"]>;

function SelectRow<Row>({ row, id, selection }: { row: Row; id: string; selection: Selection<Row> }) {
  return (
    <Checkbox
      labelHidden
      checked={selection.selected.has(id)}
      onChange={(checked) => {
        const next = new Set(selection.selected);
        if (checked) next.add(id);
        else next.delete(id);
        selection.onChange(next);
      }}
    >
      选择 {selection.nameOf(row)}
    </Checkbox>
  );
}

function SelectAll<Row>({ rows, rowKey, selection }: { rows: readonly Row[]; rowKey: (row: Row) => string; selection: Selection<Row> }) {
  const keys = rows.map(rowKey);
  const count = keys.filter((key) => selection.selected.has(key)).length;
  return (
    <Checkbox
      labelHidden
      checked={count > 0 && count === keys.length}
      some={count > 0}
      onChange={(checked) => selection.onChange(new Set(checked ? keys : []))}
    >
      选择本页全部
    </Checkbox>
  );
}

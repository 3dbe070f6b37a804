import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Pencil, Plus } from "lucide-react";
import { lazy, Suspense, useCallback, useState } from "react";

import { unitGroupsQuery, unitTreeQuery } from "@/api/query";
import type { Unit, UnitNode } from "@/api/types";
import { useMay, useMe } from "@/app/session";
import { showDate } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { DataTable, type Column } from "@/ui/DataTable";
import { Card, PageHeader } from "@/ui/Page";
import { SearchField } from "@/ui/SearchField";
import { Select } from "@/ui/Select";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { Tag } from "@/ui/Tag";
import { matchesUnit } from "@/ui/UnitPicker";

import { KINDS } from "./kinds";
import "./units.css";

const UnitDialog = lazy(async () => ({ default: (await import("./UnitDialog")).UnitDialog }));

type Row = Unit & { depth: number };

function flatten(nodes: readonly UnitNode[], depth = 0): Row[] {
  return nodes.flatMap(({ children, ...unit }) => [{ ...unit, depth }, ...flatten(children, depth + 1)]);
}

/** 责任单位：机构树、简称别名、存续与两本名册。 */
export function UnitsPage() {
  const search = useSearch({ from: "/inside/units" });
  const navigate = useNavigate({ from: "/units" });
  const writes = useMay("units:unit:write");
  const { today } = useMe();
  const { data, error, refetch } = useQuery(unitTreeQuery);
  const [editing, setEditing] = useState<Unit | "new" | null>(null);
  const find = useCallback((q: string) => void navigate({ search: ({ q: _q, ...now }) => (q ? { ...now, q } : now), replace: true }), [navigate]);

  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={10} />;
  const all = flatten(data);
  const filtered = search.q || search.kind;
  const rows = all.filter((unit) => matchesUnit(unit, search.q ?? "") && (!search.kind || unit.kind === search.kind));
  const columns: Column<Row>[] = [
    {
      id: "name",
      header: "全称",
      primary: true,
      cell: (row) => (
        <span className={`unit-depth-${filtered ? 0 : Math.min(row.depth, 4)}`}>
          {row.name}
          {row.valid_to && row.valid_to < today && <Tag tone="seal">已撤并{row.successor ? `，由${row.successor.name}承继` : ""}</Tag>}
        </span>
      ),
    },
    { id: "short", header: "简称", width: 13, cell: (row) => row.short_name },
    { id: "kind", header: "类别", width: 8, cell: (row) => row.kind_words },
    { id: "aliases", header: "别名", width: 14, wideOnly: true, cell: (row) => row.aliases.join("、") || "—" },
    { id: "tasks", header: "承担任务", width: 7, cell: (row) => (row.holds_tasks ? "是" : "否") },
    { id: "report", header: "计入年报", width: 7, cell: (row) => (row.counts_in_report ? "是" : "否") },
    { id: "since", header: "存续", width: 11, wideOnly: true, cell: (row) => (row.valid_from ? `${showDate(row.valid_from)}起` : "一直") },
    ...(writes
      ? [
          {
            id: "edit",
            header: "操作",
            width: 7,
            cell: (row: Row) => (
              <Button small icon={Pencil} onClick={() => setEditing(row)}>
                修改<span className="visually-hidden">：{row.name}</span>
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHeader
        title="责任单位"
        lead={`共 ${all.length} 个`}
        actions={
          writes && (
            <Button variant="primary" icon={Plus} onClick={() => setEditing("new")}>
              新增单位
            </Button>
          )
        }
      />
      <search className="filters">
        <SearchField label="查找" value={search.q ?? ""} placeholder="全称、简称、别名、代码" onChange={find} />
        <Select label="类别" empty="全部" value={search.kind ?? ""} options={KINDS} onChange={(kind) => void navigate({ search: ({ kind: _kind, ...now }) => (kind ? { ...now, kind } : now) })} />
      </search>
      <DataTable caption="责任单位" columns={columns} rows={rows} rowKey={(row) => row.id} empty={<EmptyState title="没有符合的单位" />} />
      <Groups />
      {editing && (
        <Suspense>
          <UnitDialog unit={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
        </Suspense>
      )}
    </>
  );
}

/** 统称指哪些类别。 */
function Groups() {
  const { data } = useQuery(unitGroupsQuery);
  if (!data || data.length === 0) return null;
  return (
    <Card title="统称">
      <ul className="stack-tight">
        {data.map((group) => (
          <li key={group.id} className="row">
            <strong>{group.name}</strong>
            {group.undecided ? (
              <Tag tone="ochre" shape="◇">
                每次由人指定
              </Tag>
            ) : (
              <span className="muted">{group.kinds.map((kind) => KINDS.find((item) => item.id === kind)?.label ?? kind).join("、")}</span>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

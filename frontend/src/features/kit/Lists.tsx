import { useState } from "react";

import { DataTable, type Column } from "@/ui/DataTable";
import { Months } from "@/ui/MonthGrid";
import { Pager } from "@/ui/Pager";
import { EmptyState } from "@/ui/States";
import { Light, StateTag } from "@/ui/Tag";
import { Timeline } from "@/ui/Timeline";

interface Row {
  id: string;
  title: string;
  unit: string;
  count: number;
  light: "red" | "yellow" | "green" | "blue";
  words: string;
  state: "draft" | "submitted" | "signed" | "accepted" | "returned";
}

const ROWS: readonly Row[] = [
  { id: "1", title: "加强行政规范性文件统一公开查询平台建设", unit: "泸州市江阳区人民政府大山坪街道办事处", count: 12, light: "red", words: "逾期 11 天", state: "returned" },
  { id: "2", title: "大力提升政策解读实效", unit: "泸州市江阳区教育和体育局", count: 3, light: "yellow", words: "余 5 个工作日", state: "submitted" },
  { id: "3", title: "全力抓好依申请公开工作", unit: "泸州市江阳区审计局", count: 0, light: "green", words: "按期完成", state: "accepted" },
  { id: "4", title: "切实提高群众关切回应实效", unit: "泸州江南轻工业园区管理委员会", count: 1024, light: "blue", words: "长期坚持", state: "signed" },
];

const COLUMNS: Column<Row>[] = [
  { id: "title", header: "任务", primary: true, cell: (row) => row.title, sort: { asc: "title", desc: "-title" } },
  { id: "unit", header: "责任单位", width: 18, cell: (row) => row.unit },
  { id: "light", header: "灯", width: 11, cell: (row) => <Light light={row.light} words={row.words} /> },
  { id: "state", header: "状态", width: 8, cell: (row) => <StateTag state={row.state} /> },
  { id: "count", header: "件数", width: 6, align: "end", cell: (row) => row.count, sort: { asc: "count", desc: "-count" } },
];

/** 表（可排序、可选行）、空表、分页、月历、经过。 */
export function Lists() {
  const [sort, setSort] = useState("-count");
  const [selected, setSelected] = useState<Set<string>>(new Set(["2"]));
  const [page, setPage] = useState(3);
  return (
    <>
      <DataTable caption="任务" columns={COLUMNS} rows={ROWS} rowKey={(row) => row.id} sort={sort} onSort={setSort} selection={{ selected, onChange: setSelected, nameOf: (row) => row.title }} />
      <DataTable caption="空的任务" columns={COLUMNS} rows={[]} rowKey={(row) => row.id} empty={<EmptyState title="还没有任务">印发分解表后，任务会列在这里。</EmptyState>} />
      <Pager page={page} size={20} total={137} onPage={setPage} onSize={() => undefined} />
      <Months
        label="期限"
        months={[{ year: 2023, month: 9 }, { year: 2023, month: 10 }]}
        look={(iso) => (iso === "2023-09-25" ? { tone: "start", mark: "起", words: "起算" } : iso === "2023-10-31" ? { tone: "due", mark: "到", words: "到期" } : iso.startsWith("2023-10-0") ? { tone: "off", mark: "休", words: "放假" } : {})}
      />
      <Timeline
        items={[
          { id: "1", title: "提交", at: "2023-09-07T06:11:00Z", who: "李敏（信息员）", tone: "ochre" },
          { id: "2", title: "退回", at: "2023-09-08T02:30:00Z", who: "魏晓燕（政务公开科）", tone: "seal", text: "请补充解读材料的发布网址。" },
          { id: "3", title: "审核通过", at: "2023-09-11T08:00:00Z", who: "魏晓燕（政务公开科）", tone: "bamboo" },
        ]}
      />
    </>
  );
}

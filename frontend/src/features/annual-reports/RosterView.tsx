import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Copy } from "lucide-react";

import type { ReportRoster, RosterUnit } from "@/api/types";
import { useMe } from "@/app/session";
import { showDay } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { DataTable, type Column } from "@/ui/DataTable";
import { FilterChips, type Chip } from "@/ui/FilterChips";
import { Card, Fold } from "@/ui/Page";
import { EmptyState } from "@/ui/States";
import { toast } from "@/ui/Toast";

import { clean, type Standing } from "./search";
import { LateMark, StateMark } from "./StateMark";

const CHIPS: readonly Chip<Standing>[] = [
  { id: "none", label: "未编制", tone: "seal" },
  { id: "draft", label: "草稿", tone: "violet" },
  { id: "submitted", label: "待签发", tone: "ochre" },
  { id: "signed", label: "待审核", tone: "blue" },
  { id: "returned", label: "已退回", tone: "seal" },
  { id: "accepted", label: "已通过", tone: "bamboo" },
  { id: "published", label: "已公布", tone: "bamboo" },
  { id: "late", label: "逾期", tone: "seal" },
];

export function standsIn(unit: RosterUnit, standing: Standing): boolean {
  return standing === "late" ? unit.late : standing === "none" ? unit.state === null : unit.state === standing;
}

const HANDED = new Set(["signed", "accepted", "published"]);

/** 名册：谁报了、谁没报、谁晚了；没报的一键抄下名单去催。 */
export function RosterView({ roster }: { roster: ReportRoster }) {
  const search = useSearch({ from: "/inside/annual-reports" });
  const navigate = useNavigate({ from: "/annual-reports" });
  const units = [...roster.missing, ...roster.counted].sort((a, b) => a.name.localeCompare(b.name, "zh-CN"));
  const shown = search.standing ? units.filter((unit) => standsIn(unit, search.standing ?? "none")) : units;
  const owing = units.filter((unit) => unit.state === null || !HANDED.has(unit.state));
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(owing.map((unit) => unit.name).join("\n"));
      toast.ok(`抄下了 ${owing.length} 个没有报来的单位`);
    } catch {
      toast.error("这个浏览器不让网页写剪贴板");
    }
  };
  return (
    <Card
      ledger
      title={`各单位（${units.length}）`}
      actions={
        owing.length > 0 && (
          <Button small icon={Copy} onClick={() => void copy()}>
            抄下没报来的 {owing.length} 家
          </Button>
        )
      }
    >
      <FilterChips
        label="走到哪一步"
        items={CHIPS.map((chip) => ({ ...chip, count: units.filter((unit) => standsIn(unit, chip.id)).length }))}
        value={search.standing ?? null}
        onChange={(standing) => void navigate({ search: (now) => clean({ ...now, standing }), resetScroll: false })}
      />
      <DataTable caption="各单位的年度报告" columns={COLUMNS} rows={shown} rowKey={(unit) => unit.id + unit.scope} empty={<EmptyState title="没有这样的单位" />} />
      {roster.excluded.length > 0 && (
        <Fold summary={`不计入汇总的 ${roster.excluded.length} 家`}>
          <ul className="stack-tight">
            {roster.excluded.map((unit) => (
              <li key={unit.id}>
                {unit.name}
                <span className="muted">　{unit.reason}</span>
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </Card>
  );
}

const COLUMNS: readonly Column<RosterUnit>[] = [
  {
    id: "unit",
    header: "单位",
    primary: true,
    cell: (unit) =>
      unit.report_id ? (
        <Link to="/annual-reports/$id" params={{ id: unit.report_id }}>
          {unit.name}
        </Link>
      ) : (
        unit.name
      ),
  },
  { id: "state", header: "状态", width: 9, cell: (unit) => <StateMark state={unit.state} words={unit.state_words} /> },
  { id: "handed", header: "首次提交", width: 9, cell: (unit) => <Day at={unit.first_submitted_at} /> },
  { id: "late", header: "逾期", width: 9, cell: (unit) => (unit.late ? <LateMark days={unit.days_late} /> : "—") },
];

function Day({ at }: { at: string | null }) {
  const { today } = useMe();
  return <>{at ? showDay(at, Number(today.slice(0, 4))) : "—"}</>;
}

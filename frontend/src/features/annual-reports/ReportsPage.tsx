import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { FilePlus2 } from "lucide-react";

import { reportingYear, reportRosterQuery } from "@/api/annualReports";
import { api } from "@/api/client";
import { isProblem, wordsOf } from "@/api/problem";
import type { AnnualReport, ReportRoster, RosterUnit } from "@/api/types";
import { useMay, useMe } from "@/app/session";
import { dueWords, showDate, showDay, showTime } from "@/lib/dates";
import { randomId } from "@/lib/id";
import { Button, LinkButton, type ButtonVariant } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { Card, PageHeader } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { ErrorState, Loading } from "@/ui/States";

import { ReportList } from "./ReportList";
import { RosterView } from "./RosterView";
import { clean } from "./search";
import { LateMark, StateMark } from "./StateMark";
import "./report.css";

/** 年度报告：本单位的在前；政务公开科看得见全区的名册，本机关与本级政府的分开。 */
export function ReportsPage() {
  const me = useMe();
  const search = useSearch({ from: "/inside/annual-reports" });
  const navigate = useNavigate({ from: "/annual-reports" });
  const year = search.year ?? reportingYear(me.today);
  const { data, error, refetch } = useQuery(reportRosterQuery(year));
  const now = Number(me.today.slice(0, 4));
  const years = [...new Set([year, ...Array.from({ length: 6 }, (_, index) => now - index)])].filter((each) => each >= 2019).sort((a, b) => b - a);
  return (
    <>
      <PageHeader
        title={`${year} 年度报告`}
        lead={data ? <Dates roster={data} /> : undefined}
        actions={<Select label="报告年度" labelHidden value={String(year)} options={years.map((each) => ({ id: String(each), label: `${each} 年` }))} onChange={(value) => void navigate({ search: ({ page: _page, ...before }) => clean({ ...before, year: Number(value) }) })} />}
      />
      {error && !data ? <ErrorState error={error} onRetry={() => void refetch()} /> : data ? <Body roster={data} year={year} /> : <Loading lines={8} />}
    </>
  );
}

function Dates({ roster }: { roster: ReportRoster }) {
  const { today } = useMe();
  const early = roster.alert_on !== roster.due_on ? `，最后一个工作日是 ${showDay(roster.alert_on)}` : "";
  return (
    <>
      <span>
        各单位 {showDate(roster.due_on)}前公布（{dueWords(today, roster.due_on)}
        {early}）
      </span>
      {roster.government && <span>本级政府 {showDate(roster.government_due_on)}前公布</span>}
    </>
  );
}

function Body({ roster, year }: { roster: ReportRoster; year: number }) {
  const whole = roster.counted.length + roster.missing.length > 1;
  return (
    <>
      <div className="own-reports">
        {roster.own && <Own title="本机关" unit={roster.own} year={year} scope="organ" />}
        {roster.government && <Own title="本级政府（汇总）" unit={roster.government} year={year} scope="government" />}
      </div>
      {whole && <RosterView roster={roster} />}
      <ReportList own={!whole} />
    </>
  );
}

/** 本机关、本级政府各一张卡：走到哪一步，接着做什么。 */
function Own({ title, unit, year, scope }: { title: string; unit: RosterUnit; year: number; scope: "organ" | "government" }) {
  return (
    <Card title={title}>
      <p className="row">
        <strong>{unit.name}</strong>
        <StateMark state={unit.state} words={unit.state_words} />
        {unit.late && <LateMark days={unit.days_late} />}
      </p>
      {unit.first_submitted_at && <p className="muted small">{showTime(unit.first_submitted_at)}首次提交</p>}
      {unit.report_id ? (
        <p className="row">
          <LinkButton to="/annual-reports/$id" params={{ id: unit.report_id }} variant={unit.state === "draft" || unit.state === "returned" ? "primary" : "default"}>
            {unit.state === "draft" ? "接着编" : unit.state === "returned" ? "去修改" : "打开"}
            <span className="visually-hidden">：{unit.name}</span>
          </LinkButton>
          {scope === "government" && (
            <LinkButton to="/annual-reports/$id/roll-up" params={{ id: unit.report_id }}>
              汇总底表
            </LinkButton>
          )}
        </p>
      ) : (
        <Start unitId={unit.id} year={year} scope={scope} variant="primary" />
      )}
    </Card>
  );
}

/** 开始编制：建好就汇编一次，打开来看。 */
function Start({ unitId, year, scope, variant }: { unitId: string; year: number; scope: "organ" | "government"; variant: ButtonVariant }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const writes = useMay("annual-reports:report:write");
  const start = useMutation({
    mutationFn: async () => {
      const made = await create(unitId, year, scope);
      if (made.fresh) await api.post(`/annual-reports/${made.id}/compile`);
      return made.id;
    },
    onSuccess: async (id) => {
      void client.invalidateQueries({ queryKey: ["annual-reports"] });
      await navigate({ to: "/annual-reports/$id", params: { id } });
    },
  });
  if (!writes) return <p className="muted">还没有开始编制。</p>;
  return (
    <>
      <p>
        <Button variant={variant} icon={FilePlus2} pending={start.isPending} onClick={() => start.mutate()}>
          开始编制并汇编
        </Button>
      </p>
      {start.isError && <Notice tone="error">{wordsOf(start.error)}</Notice>}
    </>
  );
}

/** 同事刚建了的，就打开那一份。 */
async function create(unit_id: string, year: number, scope: "organ" | "government"): Promise<{ id: string; fresh: boolean }> {
  try {
    const made = await api.post<AnnualReport>("/annual-reports", { unit_id, year, scope }, { once: randomId() });
    return { id: made.id, fresh: made.compiled_at === null };
  } catch (failure) {
    const existing = isProblem(failure, "report-exists") ? failure.body["existing"] : undefined;
    if (typeof existing === "string") return { id: existing, fresh: false };
    throw failure;
  }
}

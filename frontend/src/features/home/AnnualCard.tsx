import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { annualReportsQuery, reportingYear, reportRosterQuery } from "@/api/annualReports";
import type { AnnualReportSummary, ReportRoster } from "@/api/types";
import { useMay, useMe } from "@/app/session";
import { daysBetween, dueWords, showDay } from "@/lib/dates";
import { LinkButton } from "@/ui/Button";
import { Card } from "@/ui/Page";
import { Tag } from "@/ui/Tag";

/** 截止前一个月起提醒，直到报出来。 */
const SOON = 31;

/** 年度报告：等我办的；临近截止，自己还没报、或者谁还没报。平时没有就不占地方。 */
export function AnnualCard() {
  const acts = useMay("annual-reports:report:act");
  return acts ? <Annual /> : null;
}

function Annual() {
  const me = useMe();
  const waiting = useQuery(annualReportsQuery({ waiting: true }));
  const roster = useQuery(reportRosterQuery(reportingYear(me.today)));
  const items = waiting.data?.items ?? [];
  const owed = roster.data && me.role !== "office" ? owes(roster.data, items, me.today) : null;
  const missing = roster.data && me.role === "office" && daysBetween(me.today, roster.data.due_on) <= SOON ? roster.data.missing.filter((unit) => unit.state === null || unit.state === "draft" || unit.state === "returned") : [];
  if (items.length === 0 && !owed && missing.length === 0) return null;
  return (
    <Card title="年度报告">
      <ul className="todo">
        {owed && (
          <li>
            <div className="todo-text">
              <Link to="/annual-reports" search={{ year: owed.year }} className="todo-title">
                {owed.year} 年政府信息公开工作年度报告还没有编制
              </Link>
            </div>
            <Due due={owed.due_on} alert={owed.alert_on} />
          </li>
        )}
        {items.map((item) => (
          <Waiting key={item.id} item={item} />
        ))}
      </ul>
      {roster.data && missing.length > 0 && (
        <p>
          <Link to="/annual-reports" search={{ year: roster.data.year }}>
            还有 <b className="tag-text-seal">{missing.length}</b> 家没有报来
          </Link>
          <span className="muted">
            　{showDay(roster.data.due_on)}前公布，{dueWords(me.today, roster.data.due_on)}
          </span>
        </p>
      )}
    </Card>
  );
}

/** 自己单位该报而还没有动手的；已有草稿的在等办的里面。 */
function owes(roster: ReportRoster, waiting: readonly AnnualReportSummary[], today: string): ReportRoster | null {
  const { own } = roster;
  return own && own.report_id === null && !waiting.some((item) => item.year === roster.year) && daysBetween(today, roster.due_on) <= SOON ? roster : null;
}

function Waiting({ item }: { item: AnnualReportSummary }) {
  return (
    <li>
      <div className="todo-text">
        <Link to="/annual-reports/$id" params={{ id: item.id }} className="todo-title">
          {item.title}
        </Link>
        <p className="row small">
          <Tag>{item.state_words}</Tag>
          <span>{item.scope_words}</span>
          {item.open_points > 0 && <span className="tag-text-seal">{item.open_points} 条要点待答复</span>}
        </p>
      </div>
      <div className="todo-side">
        <LinkButton to="/annual-reports/$id" params={{ id: item.id }} variant={item.actions.includes("sign") || item.actions.includes("accept") ? "primary" : "default"}>
          {item.actions.includes("sign") ? "去签发" : item.actions.includes("accept") ? "去审核" : "打开"}
          <span className="visually-hidden">：{item.title}</span>
        </LinkButton>
      </div>
    </li>
  );
}

function Due({ due, alert }: { due: string; alert: string }) {
  const { today } = useMe();
  return (
    <div className="todo-side">
      <p className={daysBetween(today, due) < 0 ? "todo-due tag-text-seal" : "todo-due"}>
        {dueWords(today, due)}
        <span className="muted small"> {showDay(due)}前公布{alert !== due && `，最后一个工作日 ${showDay(alert)}`}</span>
      </p>
    </div>
  );
}

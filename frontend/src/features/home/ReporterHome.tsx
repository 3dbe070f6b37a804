import { Link } from "@tanstack/react-router";
import { CircleCheckBig } from "lucide-react";

import type { Assignment, Home, ReturnedSubmission } from "@/api/types";
import { useMay, useMe } from "@/app/session";
import { daysBetween, dueWords, showDay } from "@/lib/dates";
import { LinkButton } from "@/ui/Button";
import { Card } from "@/ui/Page";
import { StartButton } from "@/ui/StartButton";
import { EmptyState } from "@/ui/States";
import { Light, StateTag, Tag } from "@/ui/Tag";

/** 信息员：先改退回的，再报该报的，一点就写。 */
export function ReporterHome({ home }: { home: Home }) {
  return (
    <>
      <Summary home={home} />
      {home.returned.length > 0 && <Returned items={home.returned} />}
      <Owed items={home.owed} />
    </>
  );
}

function Summary({ home }: { home: Home }) {
  const me = useMe();
  const overdue = home.owed.filter((item) => item.report_due_on !== null && daysBetween(me.today, item.report_due_on) < 0).length;
  return (
    <p className="headline">
      {home.owed.length + home.returned.length === 0 ? (
        "眼下没有要办的。"
      ) : (
        <>
          要填报 <b>{home.owed.length}</b> 项
          {overdue > 0 && (
            <>
              ，其中已逾期 <b className="tag-text-seal">{overdue}</b> 项
            </>
          )}
          {home.returned.length > 0 && (
            <>
              ；退回待改 <b className="tag-text-seal">{home.returned.length}</b> 项
            </>
          )}
          。
        </>
      )}
    </p>
  );
}

export function Returned({ items }: { items: readonly ReturnedSubmission[] }) {
  return (
    <Card className="todo-returned" title={`退回要改（${items.length}）`}>
      <ul className="todo">
        {items.map((item) => (
          <li key={item.id}>
            <div className="todo-text">
              <Link to="/submissions/$id" params={{ id: item.id }} className="todo-title">
                {item.assignment.task.title}
              </Link>
              <p className="row small">
                <StateTag state={item.state} words={item.state_words} />
                <span>{item.period.label}</span>
                {item.open_points > 0 && <span className="tag-text-seal">{item.open_points} 条要点待答复</span>}
              </p>
              {item.points.length > 0 && <p className="excerpt">{item.points.join("；")}</p>}
            </div>
            <LinkButton to="/submissions/$id" params={{ id: item.id }} variant="danger">
              去修改<span className="visually-hidden">：{item.assignment.task.title}</span>
            </LinkButton>
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function Owed({ items }: { items: readonly Assignment[] }) {
  const me = useMe();
  const writes = useMay("progress:submission:write");
  const year = Number(me.today.slice(0, 4));
  return (
    <Card ledger title={`要填报的（${items.length}）`}>
      {items.length === 0 ? (
        <EmptyState icon={CircleCheckBig} title="都报过了">
          下一期开放时，这里会列出来。
        </EmptyState>
      ) : (
        <ul className="todo">
          {items.map((item) => {
            const late = item.report_due_on !== null && daysBetween(me.today, item.report_due_on) < 0;
            const soon = item.report_due_on !== null && daysBetween(me.today, item.report_due_on) <= 5;
            return (
              <li key={item.id}>
                <div className="todo-text">
                  <Link to="/assignments/$assignmentId" params={{ assignmentId: item.id }} className="todo-title">
                    {item.task.title}
                  </Link>
                  <p className="row small">
                    <Light light={item.light} words={item.light_words} />
                  </p>
                  <p className="row small muted">
                    <Tag>{item.role_words}</Tag>
                    <span>{item.task.category}</span>
                  </p>
                </div>
                <div className="todo-side">
                  {item.report_due_on && (
                    <p className={late ? "tag-text-seal todo-due" : "todo-due"}>
                      {dueWords(me.today, item.report_due_on)}
                      <span className="muted small"> {showDay(item.report_due_on, year)}截止</span>
                    </p>
                  )}
                  {writes && <StartButton assignment={item} today={me.today} variant={soon ? "primary" : "default"} />}
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

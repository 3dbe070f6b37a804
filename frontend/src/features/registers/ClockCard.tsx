import { useQuery } from "@tanstack/react-query";

import type { Entry, EntryClock, Register } from "@/api/types";
import { showDate, showTime, showWeekday } from "@/lib/dates";
import { Notice } from "@/ui/Notice";
import { Card, Fold } from "@/ui/Page";
import { ErrorState, Loading } from "@/ui/States";
import { Light } from "@/ui/Tag";

import { clockQuery } from "./queries";

/** 期限：到哪天、为什么、一步一步怎么推算出来的。 */
export function ClockCard({ register, entry }: { register: Register; entry: Entry }) {
  const { data, error, refetch } = useQuery(clockQuery(register.slug, entry.id, entry.version));
  return (
    <Card title="期限">
      {error && !data ? <ErrorState error={error} onRetry={() => void refetch()} /> : data ? <Clock clock={data} /> : <Loading lines={3} />}
    </Card>
  );
}

function Clock({ clock }: { clock: EntryClock }) {
  return (
    <div className="stack-tight" data-testid="clock">
      <p className="register-due">
        {clock.due_at ? showTime(clock.due_at) : clock.due_on ? showDate(clock.due_on) : clock.waiting ? "期限暂停计算" : "没有到期日"}
        {clock.due_on && !clock.due_at && <small>{showWeekday(clock.due_on)}</small>}
      </p>
      <Light light={clock.light} words={clock.light_words} />
      {clock.due_on === null && clock.remaining !== null && clock.waiting === "consultation" && <p>恢复计算之后尚余 {clock.remaining} 个工作日。</p>}
      <p className="muted small">
        {clock.term_words}
        {clock.basis && `（${clock.basis}）`}
      </p>
      {!clock.known && <Notice tone="warn">跨入了尚未公布放假安排的年份，日期按周六、周日休息推算；安排公布并确认之后自动重算。</Notice>}
      {clock.milestones.length > 0 && (
        <ul className="stack-tight">
          {clock.milestones.map((step) => (
            <li key={step.title}>
              {step.title}，至{showTime(step.due_at)} <Light light={step.light} words={step.words} />
              <span className="muted small">（{step.basis}）</span>
            </li>
          ))}
        </ul>
      )}
      {clock.derivation.length > 0 && (
        <Fold summary={`推算过程（${clock.derivation.length} 步）`} open>
          <ol className="register-steps">
            {clock.derivation.map((step, index) => (
              <li key={index}>
                {step.step}
                {step.article && <span className="muted small">（{step.article}）</span>}
              </li>
            ))}
          </ol>
        </Fold>
      )}
    </div>
  );
}

import { Copy, Printer } from "lucide-react";
import { useRef } from "react";

import type { DayCounted, Deadline, DerivationStep } from "@/api/types";
import { showDate, showDay, showWeekday } from "@/lib/dates";
import { monthsBetween } from "@/lib/months";
import { Button } from "@/ui/Button";
import { Months, type DayLook } from "@/ui/MonthGrid";
import { Notice } from "@/ui/Notice";
import { Card, Fold } from "@/ui/Page";
import { Light } from "@/ui/Tag";
import { toast } from "@/ui/Toast";

const UNITS = { workday: "个工作日", day: "日", month: "个月" } as const;

/** 结果：到期日、灯、要留意的话。 */
export function DeadlineResult({ data }: { data: Deadline }) {
  const name = data.rule ? `${data.rule.name}期限` : "期限";
  return (
    <Card ledger title={data.due_on ? `${name}${data.known ? "届满" : "暂推算至"}` : `${name}暂停计算`}>
      <div className="deadline-due" role="status">
        {data.due_on ? (
          <p className="deadline-date">
            {showDate(data.due_on)}
            <small>{showWeekday(data.due_on)}</small>
          </p>
        ) : (
          <p className="deadline-date">
            尚余 {data.remaining} {UNITS[data.unit]}
          </p>
        )}
        <p className="row">
          <Light light={data.light.colour} words={data.light.words} />
          <span className="muted">截至{showDate(data.today)}</span>
        </p>
      </div>
      {!data.known && (
        <Notice tone="warn" title="跨入了尚未公布放假安排的年份">
          这个日期按周六、周日休息推算，只供参考，不能作为依据。放假安排公布并经确认后会自动重算。
        </Notice>
      )}
      {data.due_on && !data.due_is_workday && (
        <Notice tone="warn" title="届满之日是休息日">
          未查得可以顺延的规定，不予顺延；请最迟于此前最后一个工作日（{showDate(data.last_workday)}）办结。
        </Notice>
      )}
      {data.due_on === null && <p>收到意见之后，次一工作日恢复计算。</p>}
      {data.rule && <p className="muted">{data.rule.consequence}。</p>}
    </Card>
  );
}

/** 可以抄进答复书、复议答复的一段话。 */
export function Statement({ data }: { data: Deadline }) {
  const words = useRef<HTMLParagraphElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(data.statement);
      toast.ok("已复制推算过程");
    } catch {
      // 不许用剪贴板时，替人选好
      if (words.current) window.getSelection()?.selectAllChildren(words.current);
      toast.error("浏览器不许复制，文字已选中，请按 Ctrl+C");
    }
  };
  return (
    <Card
      title="推算说明"
      actions={
        <div className="row no-print">
          <Button small icon={Copy} onClick={() => void copy()}>
            复制文字
          </Button>
          <Button small icon={Printer} onClick={() => window.print()}>
            打印
          </Button>
        </div>
      }
    >
      <p ref={words} className="deadline-statement">
        {data.statement}
      </p>
      <p className="muted small">《政府信息公开条例》指《中华人民共和国政府信息公开条例》（国务院令第711号）。</p>
    </Card>
  );
}

/** 一步一行：日期、怎么说、依据、计到第几。 */
export function Steps({ data }: { data: Deadline }) {
  return (
    <Card title="逐步推算">
      <ol className="deadline-steps">
        {data.derivation.map((step, index) => (
          <StepLine key={index} step={step} year={Number(data.received_on.slice(0, 4))} unit={UNITS[data.unit]} />
        ))}
      </ol>
    </Card>
  );
}

function StepLine({ step, year, unit }: { step: DerivationStep; year: number; unit: string }) {
  const until = step.until && step.until !== step.on ? `至${showDay(step.until, year)}` : "";
  const left = step.remaining === null ? "" : `，余 ${step.remaining}`;
  return (
    <li className={`deadline-step deadline-step-${step.kind}`}>
      <span className="deadline-when">
        {showDay(step.on, year)}
        {until}
      </span>
      <span>
        {step.step}
        {step.article && <small className="muted">　{step.article}</small>}
      </span>
      <span className="deadline-count muted">{step.counted !== null && step.counted > 0 && `已计 ${step.counted} ${unit}${left}`}</span>
    </li>
  );
}

const LOOKS: Record<DayCounted["status"], (day: DayCounted) => DayLook> = {
  counted: (day) => ({ tone: "counted", mark: String(day.number), words: `计第${day.number}日` }),
  make_up: (day) => ({ tone: "work", mark: `班 ${day.number}`, words: `调休上班，计第${day.number}日` }),
  weekend: () => ({ tone: "weekend", words: "周末不计" }),
  holiday: () => ({ tone: "off", mark: "休", words: "放假不计" }),
  paused: () => ({ tone: "paused", mark: "停", words: "征求意见不计" }),
};

/** 画在月历上：哪天计了第几日，哪天不计。 */
export function DrawnDays({ data }: { data: Deadline }) {
  const last = data.days.at(-1)?.on;
  if (last === undefined) return null;
  const days = new Map(data.days.map((day) => [day.on, day]));
  const look = (iso: string): DayLook => {
    const day = days.get(iso);
    if (iso === data.due_on) return { tone: "due", mark: `满${day?.number ?? ""}`, words: "期限届满" };
    if (iso === data.runs_from) return { tone: "start", mark: "起", words: "期间开始之日，不计" };
    return day ? LOOKS[day.status](day) : {};
  };
  const months = monthsBetween(data.runs_from, last);
  const [shown, more] = [months.slice(0, 6), months.slice(6)];
  return (
    <Card title="逐日计数">
      <Months label="逐日计数" months={shown} look={look} />
      {more.length > 0 && (
        <Fold summary={`其余 ${more.length} 个月`}>
          <Months label="其余各月" months={more.slice(0, 48)} look={look} />
        </Fold>
      )}
    </Card>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { reportChangesQuery } from "@/api/annualReports";
import type { ReportChanges } from "@/api/types";
import { showTime } from "@/lib/dates";
import { Card, Fold } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { ErrorState, Loading } from "@/ui/States";
import { Timeline, type TimelineItem } from "@/ui/Timeline";

import { signed } from "./CellDialog";
import { Difference } from "./Difference";
import type { Desk } from "./useReport";

const TONES: Record<string, TimelineItem["tone"]> = { submit: "blue", sign: "blue", accept: "bamboo", publish: "bamboo", return: "seal", reopen: "seal", unpublish: "seal", withdraw: "ochre" };

/** 经过：谁在何时办了什么；哪一版改了什么；说明过的理由与调整。 */
export function HistoryPart({ desk }: { desk: Desk }) {
  const { report } = desk;
  const steps = report.steps.map((step, index) => ({
    id: `${step.at}-${index}`,
    title: step.revision > 1 ? `${step.action_words}（第 ${step.revision} 版）` : step.action_words,
    at: step.at,
    who: `${step.unit_name} ${step.actor_name}`,
    text: step.reason,
    tone: TONES[step.action],
  }));
  return (
    <div className="stack">
      <Card ledger title="办理经过">
        {steps.length === 0 ? (
          <p className="muted">
            {report.created_by.name} {showTime(report.created_at)}新建，还没有提交。
          </p>
        ) : (
          <Timeline items={steps} />
        )}
      </Card>
      {report.revision > 0 && <Versions desk={desk} />}
      <Notes desk={desk} />
      {report.inputs.length > 0 && (
        <Card title={`汇总所取的报告（${report.inputs.length}）`}>
          <ul className="cell-units">
            {report.inputs.map((input) => (
              <li key={input.report_id}>
                <span>{input.unit.short_name}</span>
                <span className="muted small">第 {input.revision} 版</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}

function Versions({ desk }: { desk: Desk }) {
  const { report } = desk;
  const [from, setFrom] = useState<number | null>(null);
  const { data, error, refetch } = useQuery(reportChangesQuery(report.id, report.version, from));
  return (
    <Card
      className="changes"
      title="各版的差别"
      actions={
        report.revision > 1 && (
          <Select
            label="与哪一版比"
            labelHidden
            value={from === null ? "" : String(from)}
            empty="与上一版比"
            options={Array.from({ length: report.revision }, (_, index) => ({ id: String(index + 1), label: `与第 ${index + 1} 版比` }))}
            onChange={(value) => setFrom(value === "" ? null : Number(value))}
          />
        )
      }
    >
      {error && !data ? <ErrorState error={error} onRetry={() => void refetch()} /> : data ? <Changes changes={data} /> : <Loading />}
    </Card>
  );
}

function Changes({ changes }: { changes: ReportChanges }) {
  if (changes.from_revision === null) return <p className="muted">这是第一版。</p>;
  const numbers = [...changes.figures.map((each) => ({ ...each, key: each.cell })), ...changes.facts];
  if (numbers.length + changes.sections.length === 0) return <p className="muted">与第 {changes.from_revision} 版相比，没有变化。</p>;
  return (
    <>
      <p className="muted">与第 {changes.from_revision} 版相比</p>
      <ul className="stack-tight">
        {numbers.map((each) => (
          <li key={each.key}>
            {each.label}：<del>{each.before ?? "空白"}</del> → <ins>{each.after ?? "空白"}</ins>
          </li>
        ))}
      </ul>
      {changes.sections.map((section) => (
        <Fold key={section.part} summary={section.label} open>
          <Difference before={section.before} after={section.after} />
        </Fold>
      ))}
    </>
  );
}

/** 说明过的理由、调整、无此项业务的申报，撤回了的也在。 */
function Notes({ desk }: { desk: Desk }) {
  const { waivers, adjustments, zero_declarations } = desk.report;
  const rows = [
    ...waivers.map((each) => ({ ...each, words: `放过 ${each.rule}“${each.message}”：${each.reason}${each.holds || each.withdrawn_at ? "" : "（数字已变，须重新说明）"}` })),
    ...adjustments.map((each) => ({ ...each, words: `调整 ${each.label} ${signed(each.delta)}：${each.reason}` })),
    ...zero_declarations.map((each) => ({ ...each, words: `申报“${each.label}”无此项业务` })),
  ].sort((a, b) => a.made_at.localeCompare(b.made_at));
  if (rows.length === 0) return null;
  return (
    <Card title="说明与调整">
      <ul className="stack-tight">
        {rows.map((row) => (
          <li key={row.id}>
            {row.withdrawn_at ? <del>{row.words}</del> : row.words}
            <span className="muted small">
              　{row.made_by}　{showTime(row.made_at)}
              {row.withdrawn_at && `；${row.withdrawn_by} ${showTime(row.withdrawn_at)}撤回`}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

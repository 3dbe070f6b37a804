import { Crosshair } from "lucide-react";

import type { ReportPoint } from "@/api/types";
import { showDate, showTime } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Page";
import { Tag } from "@/ui/Tag";
import { TextArea } from "@/ui/TextField";

import type { Desk } from "./useReport";

/** 要看的退回要点：这一版新提的，和还没有答复的。 */
export function openPoints(desk: Desk): readonly ReportPoint[] {
  return desk.report.points.filter((point) => point.revision === desk.report.revision || point.answer === null);
}

/** 针对一处的退回要点，就摆在那一处旁边；能改时在此答复。 */
export function PointsAt({ desk, points }: { desk: Desk; points: readonly ReportPoint[] }) {
  if (points.length === 0) return null;
  return (
    <Card className="returned" title={`退回要点（${points.length}）`}>
      <ol className="stack">
        {points.map((point) => (
          <Point key={point.id} desk={desk} point={point} />
        ))}
      </ol>
    </Card>
  );
}

function Point({ desk, point }: { desk: Desk; point: ReportPoint }) {
  const { draft, keeper, editable, labels } = desk;
  const cell = point.cell;
  return (
    <li className="point">
      <p className="row">
        <Tag tone="seal" shape="◇">
          {point.reason_words}
        </Tag>
        <span>{cell ? (labels.get(cell) ?? cell) : point.target_words}</span>
        {cell && (
          <Button small variant="quiet" icon={Crosshair} onClick={() => desk.jump(cell)} aria-label={`定位：${labels.get(cell) ?? cell}`}>
            定位
          </Button>
        )}
        {point.due_on && <strong className="tag-text-seal">{showDate(point.due_on)}前改好</strong>}
      </p>
      <p className="prose">{point.text}</p>
      <p className="muted small">
        {point.raised_by}　{showTime(point.raised_at)}
      </p>
      {editable && desk.report.state === "returned" ? (
        <TextArea label="答复" required rows={2} value={draft.answers[point.id] ?? ""} onChange={(answer) => keeper.edit((now) => ({ ...now, answers: { ...now.answers, [point.id]: answer } }))} />
      ) : (
        point.answer && (
          <p className="answer">
            <span className="muted small">答复　{point.answered_by}</span>
            <br />
            {point.answer}
          </p>
        )
      )}
    </li>
  );
}

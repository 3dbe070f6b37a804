import type { ReviewPoint } from "@/api/types";
import { showDate, showTime } from "@/lib/dates";
import { Card } from "@/ui/Page";
import { Tag } from "@/ui/Tag";
import { TextArea } from "@/ui/TextField";

import { anchorOf, targetWords, type SubmissionParts } from "./parts";

export interface PointsEditorProps {
  parts: SubmissionParts;
  points: readonly ReviewPoint[];
  answers: Record<string, string>;
  errors: Record<string, string>;
  onChange: (id: string, answer: string) => void;
}

/** 退回要点：一条一答，答完才能再交。 */
export function PointsEditor({ parts, points, answers, errors, onChange }: PointsEditorProps) {
  const left = points.filter((point) => (answers[point.id] ?? "").trim() === "").length;
  return (
    <Card className="returned" title={`退回要点（${points.length}）`} actions={<span className="muted">{left > 0 ? `还有 ${left} 条没答` : "都已答复"}</span>}>
      <ol className="stack">
        {points.map((point, index) => (
          <li key={point.id} className="point">
            <p className="row">
              <Tag tone="seal" shape="◇">
                {point.reason_words}
              </Tag>
              <a href={`#${anchorOf(point.target, point.target_id)}`}>{targetWords(point.target, point.target_id, parts)}</a>
              {point.due_on && <strong className="tag-text-seal">{showDate(point.due_on)}前改好</strong>}
            </p>
            <p className="prose">{point.text}</p>
            <p className="muted small">
              {point.raised_by}　{showTime(point.raised_at)}
            </p>
            <TextArea label={`对第 ${index + 1} 条的答复`} required rows={2} value={answers[point.id] ?? ""} error={errors[point.id]} onChange={(answer) => onChange(point.id, answer)} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

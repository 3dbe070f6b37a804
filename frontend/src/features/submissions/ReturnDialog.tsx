import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";

import { fieldErrors, wordsOf } from "@/api/problem";
import type { PointReason, PointTarget } from "@/api/types";
import { randomId } from "@/lib/id";
import { Button } from "@/ui/Button";
import { DateField } from "@/ui/DateField";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Select } from "@/ui/Select";
import { TextArea } from "@/ui/TextField";

import { REASONS, TARGETS, type SubmissionParts } from "./parts";

interface PointDraft {
  key: string;
  /** "progress"、"duty:编号"、"evidence:编号"。 */
  place: string;
  reason: PointReason | "";
  text: string;
  due_on: string | null;
}

export interface ReturnBody {
  points: { target: PointTarget; target_id: string | null; reason: PointReason; text: string; due_on: string | null }[];
}

const blank = (): PointDraft => ({ key: randomId(), place: "progress", reason: "", text: "", due_on: null });

/** 退回：一条一条说清是哪里、为什么、怎么改。 */
export function ReturnDialog({ parts, pending, error, onClose, onReturn }: { parts: SubmissionParts; pending: boolean; error: unknown; onClose: () => void; onReturn: (body: ReturnBody) => Promise<void> }) {
  const [points, setPoints] = useState<PointDraft[]>(() => [blank()]);
  const [tried, setTried] = useState(false);
  const refused = fieldErrors(
    error,
    points.map((_, index) => `points.${index}`),
  );
  const places = [
    ...TARGETS.filter((target) => target.id !== "duty" && target.id !== "evidence"),
    ...parts.assignment.duties.map((duty, index) => ({ id: `duty:${duty.id}`, label: `要求 ${index + 1}：${duty.text.slice(0, 24)}` })),
    ...parts.submission.evidence.map((item) => ({ id: `evidence:${item.id}`, label: `佐证：${item.title.slice(0, 24)}` })),
  ];
  const change = (key: string, part: Partial<PointDraft>) => setPoints((now) => now.map((point) => (point.key === key ? { ...point, ...part } : point)));
  const send = () => {
    setTried(true);
    if (points.some((point) => point.reason === "" || point.text.trim() === "")) return;
    const body: ReturnBody = {
      points: points.map((point) => {
        const [target, id] = point.place.split(":");
        return { target: target as PointTarget, target_id: id ?? null, reason: point.reason as PointReason, text: point.text.trim(), due_on: point.due_on };
      }),
    };
    void onReturn(body).catch(() => undefined);
  };
  return (
    <Dialog
      title={`退回 ${parts.submission.assignment.unit.name}`}
      isOpen
      wide
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="danger-fill" pending={pending} onClick={send}>
            退回（{points.length} 条要点）
          </Button>
        </>
      }
    >
      <p className="muted">每条要点，填报人都要答复后才能再交。</p>
      {points.map((point, index) => (
        <fieldset key={point.key} className="point-draft">
          <legend>要点 {index + 1}</legend>
          <div className="form-grid">
            <Select label="哪里" value={point.place} options={places} onChange={(place) => change(point.key, { place })} />
            <Select label="原因" required empty="请选择" value={point.reason} options={REASONS} error={tried && point.reason === "" ? "请选择原因" : undefined} onChange={(reason) => change(point.key, { reason })} />
          </div>
          <TextArea label="怎么改" required rows={2} value={point.text} error={tried && point.text.trim() === "" ? "请写明怎么改" : refused.fields[`points.${index}`]} onChange={(text) => change(point.key, { text })} />
          <div className="row-between">
            <DateField label="何时改好" value={point.due_on} onChange={(due_on) => change(point.key, { due_on })} />
            {points.length > 1 && (
              <Button variant="quiet" icon={Trash2} onClick={() => setPoints((now) => now.filter((item) => item.key !== point.key))}>
                去掉要点 {index + 1}
              </Button>
            )}
          </div>
        </fieldset>
      ))}
      <p>
        <Button icon={Plus} onClick={() => setPoints((now) => [...now, blank()])}>
          再加一条
        </Button>
      </p>
      {error !== null && refused.first === null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

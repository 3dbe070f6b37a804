import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";

import { wordsOf } from "@/api/problem";
import type { ReportPointInput } from "@/api/types";
import { randomId } from "@/lib/id";
import { Button } from "@/ui/Button";
import { DateField } from "@/ui/DateField";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Select } from "@/ui/Select";
import { TextArea } from "@/ui/TextField";

import { PART_LABELS } from "./reportDraft";
import type { Desk } from "./useReport";

const TARGETS = [
  { id: "whole", label: "整体" },
  { id: "figures", label: "表二、表三、表四" },
  { id: "overview", label: PART_LABELS.overview },
  { id: "problems", label: PART_LABELS.problems },
  { id: "other", label: PART_LABELS.other },
] as const;

const REASONS = [
  { id: "figures", label: "数据有误" },
  { id: "not_specific", label: "表述笼统" },
  { id: "off_topic", label: "内容不符" },
  { id: "no_evidence", label: "佐证不足" },
  { id: "late_date", label: "日期不符" },
  { id: "other", label: "其他" },
] as const;

type TargetId = (typeof TARGETS)[number]["id"];
type ReasonId = (typeof REASONS)[number]["id"];

interface PointDraft {
  key: string;
  target: TargetId;
  cell: string | null;
  reason: ReasonId | "";
  text: string;
  due_on: string | null;
}

/** 从光标所在的格开始退，要点就指着那一格。 */
function blank(cell: string | null): PointDraft {
  return { key: randomId(), target: cell ? "figures" : "whole", cell, reason: cell ? "figures" : "", text: "", due_on: null };
}

/** 退回：一条一条说清是哪里、为什么、怎么改。 */
export function ReturnDialog({ desk, cell, onClose }: { desk: Desk; cell: string | null; onClose: () => void }) {
  const [points, setPoints] = useState<PointDraft[]>(() => [blank(cell)]);
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const change = (key: string, part: Partial<PointDraft>) => setPoints((now) => now.map((point) => (point.key === key ? { ...point, ...part } : point)));
  const send = async () => {
    setTried(true);
    if (points.some((point) => point.reason === "" || point.text.trim() === "")) return;
    const body: { points: ReportPointInput[] } = {
      points: points.map(({ target, cell: at, reason, text, due_on }) => ({ target, cell: target === "figures" ? at : null, reason: reason as ReasonId, text: text.trim(), due_on })),
    };
    setPending(true);
    setError(null);
    try {
      await desk.act({ path: "return", body, done: `已退回 ${desk.report.unit.short_name}` });
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog
      title={`退回 ${desk.report.unit.name}`}
      isOpen
      wide
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="danger-fill" pending={pending} onClick={() => void send()}>
            退回（{points.length} 条要点）
          </Button>
        </>
      }
    >
      <p className="muted">每条要点，编制单位都要答复后才能再报。</p>
      {points.map((point, index) => (
        <fieldset key={point.key} className="point-draft">
          <legend>要点 {index + 1}</legend>
          <div className="facts-grid">
            <Select label="哪里" value={point.target} options={TARGETS} onChange={(target) => target && change(point.key, { target })} />
            <Select label="原因" required empty="请选择" value={point.reason} options={REASONS} error={tried && point.reason === "" ? "请选择原因" : undefined} onChange={(reason) => change(point.key, { reason })} />
          </div>
          {point.target === "figures" && (
            <Select label="哪一格" empty="不指明" value={point.cell ?? ""} options={desk.form.cells.map((each) => ({ id: each.key, label: each.label }))} onChange={(at) => change(point.key, { cell: at || null })} />
          )}
          <TextArea label="怎么改" required rows={2} limit={2000} value={point.text} error={tried && point.text.trim() === "" ? "请写明怎么改" : undefined} onChange={(text) => change(point.key, { text })} />
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
        <Button icon={Plus} onClick={() => setPoints((now) => [...now, blank(null)])}>
          再加一条
        </Button>
      </p>
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

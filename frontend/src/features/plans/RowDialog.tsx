import { Trash2 } from "lucide-react";
import { useState } from "react";

import { isProblem, wordsOf } from "@/api/problem";
import type { Assignee, DutyDraft, ImportRow } from "@/api/types";
import { Button, IconButton } from "@/ui/Button";
import { DateField } from "@/ui/DateField";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Select } from "@/ui/Select";
import { TextArea, TextField } from "@/ui/TextField";
import { UnitsPicker } from "@/ui/UnitPicker";

import { DUTY_KINDS } from "./duties";
import { clauses, type RowPatch } from "./patches";

/** 改一行：文字、责任单位、要求。latest 是库里现在的这一行，同事先改了就并排给人看。 */
export function RowDialog({ row, latest, onClose, onSave }: { row: ImportRow; latest: ImportRow; onClose: () => void; onSave: (patch: RowPatch) => Promise<void> }) {
  const [title, setTitle] = useState(row.title);
  const [category, setCategory] = useState(row.category);
  const [content, setContent] = useState(row.content);
  const [assignees, setAssignees] = useState(row.assignees);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [duties, setDuties] = useState<Omit<DutyDraft, "position">[]>(() => row.duties.map(({ position: _position, ...duty }) => duty));
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const spare = clauses(content).filter((clause) => !duties.some((duty) => duty.text === clause.text));

  const point = (text: string, unit_ids: string[]) => {
    setTouched((now) => new Set([...now, text]));
    setAssignees((now) => now.map((item) => (item.text === text ? { ...item, unit_ids } : item)));
  };
  const save = async () => {
    setPending(true);
    setError(null);
    try {
      await onSave({
        position: row.position,
        title: title.trim(),
        category: category.trim(),
        content,
        assignees: assignees.map((item: Assignee) => ({ text: item.text, role: item.role, unit_ids: item.unit_ids, ...(touched.has(item.text) ? { decided: true } : {}) })),
        duties: duties.map((duty) => ({ ...duty, confirmed: true })),
      });
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };

  const clash = isProblem(error) && error.status === 412;
  return (
    <Dialog
      title={`修改第 ${row.position} 项`}
      isOpen
      wide
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{clash ? "用同事存的" : "取消"}</Button>
          <Button variant="primary" pending={pending} onClick={() => void save()}>
            {clash ? "用我写的存" : "保存"}
          </Button>
        </>
      }
    >
      {clash && (
        <Notice tone="warn" live title="同事刚改过这份草稿">
          <p>您写的都还在下面。这一项现在库里是：</p>
          <dl className="clash-now">
            <dt>任务名称</dt>
            <dd>{latest.title}</dd>
            <dt>任务内容</dt>
            <dd>{latest.content}</dd>
            <dt>责任单位</dt>
            <dd>{latest.assignees.map((assignee) => assignee.text).join("、") || "（空）"}</dd>
          </dl>
        </Notice>
      )}
      <TextField label="任务名称" required value={title} onChange={setTitle} />
      <TextField label="类别" required value={category} onChange={setCategory} />
      <TextArea label="任务内容" required rows={5} value={content} onChange={setContent} />
      <section className="stack" aria-label="责任单位">
        <h3>责任单位</h3>
        {assignees.map((assignee) => (
          <UnitsPicker key={assignee.text} label={`“${assignee.text}”`} value={assignee.unit_ids} onChange={(ids) => point(assignee.text, ids)} />
        ))}
      </section>
      <section className="stack" aria-label="要求">
        <h3>要求（{duties.length}）</h3>
        {duties.map((duty, index) => (
          <div key={`${duty.start}-${duty.text}`} className="row-duty">
            <p>
              {index + 1}. “{duty.text}”
            </p>
            <div className="row-duty-fields">
              <Select label="类别" value={duty.kind} options={DUTY_KINDS} onChange={(kind) => kind && setDuties((now) => now.map((item) => (item === duty ? { ...item, kind } : item)))} />
              <DateField label="期限" value={duty.due_on} onChange={(due_on) => setDuties((now) => now.map((item) => (item === duty ? { ...item, due_on } : item)))} />
              <IconButton label={`去掉要求 ${index + 1}`} icon={Trash2} onClick={() => setDuties((now) => now.filter((item) => item !== duty))} />
            </div>
          </div>
        ))}
        {spare.length > 0 && (
          <Select
            label="从原文中加一条"
            empty="挑一句"
            value=""
            options={spare.map((clause) => ({ id: String(clause.start), label: clause.text }))}
            onChange={(start) => {
              const clause = spare.find((item) => String(item.start) === start);
              if (clause) setDuties((now) => [...now, { ...clause, kind: "continuous", due_on: null, within: null, threshold: null, per: null, trigger: null, owner_unit_id: null, confirmed: true }]);
            }}
          />
        )}
      </section>
      {error !== null && !clash && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

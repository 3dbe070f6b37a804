import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "@/api/client";
import { fieldErrors, wordsOf } from "@/api/problem";
import type { CalendarDay, CalendarYear, NoticeProblem, NoticeRead } from "@/api/types";
import { showDay } from "@/lib/dates";
import { daysOfYear, isWeekend } from "@/lib/months";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { DateField } from "@/ui/DateField";
import { Dialog } from "@/ui/Dialog";
import { Months, type DayLook } from "@/ui/MonthGrid";
import { Notice } from "@/ui/Notice";
import { TextArea, TextField } from "@/ui/TextField";
import { toast } from "@/ui/Toast";

import { lookOf, monthsOf, turned } from "./days";

/** 确认之前拿在手里的一份安排。 */
interface Draft {
  year: number;
  version: number;
  title: string;
  document_no: string;
  issued_on: string | null;
  note: string;
  text: string | null;
  days: CalendarDay[];
  problems: readonly NoticeProblem[];
}

export interface ArrangementDialogProps {
  /** 给了就改这一年，没给就从粘贴通知开始。 */
  from: CalendarYear | null;
  onClose: () => void;
  onConfirmed: (year: number) => void;
}

/** 节假日安排：粘贴通知 → 读出 → 核对月历 → 确认。 */
export function ArrangementDialog({ from, onClose, onConfirmed }: ArrangementDialogProps) {
  const [draft, setDraft] = useState<Draft | null>(from && draftOf(from));
  return draft ? <Check draft={draft} onChange={setDraft} onClose={onClose} onConfirmed={onConfirmed} /> : <Paste onClose={onClose} onRead={setDraft} />;
}

function draftOf(year: CalendarYear): Draft {
  return {
    year: year.year,
    version: year.version,
    title: year.notice?.title ?? `${year.year}年节假日安排`,
    document_no: year.notice?.document_no ?? "",
    issued_on: year.notice?.issued_on ?? null,
    note: year.notice?.note ?? "",
    text: year.notice?.text ?? null,
    days: year.days,
    problems: [],
  };
}

function Paste({ onClose, onRead }: { onClose: () => void; onRead: (draft: Draft) => void }) {
  const [text, setText] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [lack, setLack] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const read = async () => {
    setError(null);
    setLack(text.trim() === "" ? "请先粘贴通知" : null);
    if (text.trim() === "") return;
    setPending(true);
    try {
      const found = await api.post<NoticeRead>("/calendars/read", { text });
      if (found.year === null || found.days.length === 0) {
        setLack(found.problems.map((each) => each.message).join("；"));
        return;
      }
      const now = await api.get<CalendarYear>(`/calendars/${found.year}`);
      onRead({ year: found.year, version: now.version, title: found.title ?? `${found.year}年节假日安排`, document_no: found.document_no ?? "", issued_on: found.issued_on, note: "", text, days: found.days, problems: found.problems });
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog
      title="粘贴节假日安排通知"
      isOpen
      wide
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="primary" pending={pending} onClick={() => void read()}>
            读取
          </Button>
        </>
      }
    >
      <p>把国务院办公厅的通知连同标题一起粘贴进来。读出的日子会画在月历上，核对、改好、确认之后才生效。</p>
      <TextArea label="通知文字" rows={10} limit={20_000} value={text} error={lack} placeholder="国务院办公厅关于……年部分节假日安排的通知" onChange={setText} />
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

function Check({ draft, onChange, onClose, onConfirmed }: { draft: Draft; onChange: (draft: Draft) => void } & Omit<ArrangementDialogProps, "from">) {
  const [agreed, setAgreed] = useState(false);
  const [tried, setTried] = useState(false);
  const { pending, error, confirm } = useConfirm(draft, onConfirmed);
  const doubts = draft.problems.filter((each) => each.level === "block");
  const { fields, rest } = fieldErrors(error, ["title", "document_no", "issued_on", "note"]);
  const set = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const titleError = tried && draft.title.trim() === "" ? "请输入标题" : fields["title"];
  const submit = () => {
    setTried(true);
    if (draft.title.trim() !== "" && (doubts.length === 0 || agreed)) void confirm();
  };
  return (
    <Dialog
      title={`核对${draft.year}年节假日安排`}
      isOpen
      wide
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="primary" pending={pending} onClick={submit}>
            确认{draft.year}年安排
          </Button>
        </>
      }
    >
      <Problems problems={draft.problems} />
      {doubts.length > 0 && (
        <div className="stack-tight">
          <Checkbox checked={agreed} onChange={setAgreed}>
            已逐条核对，以下面的月历为准
          </Checkbox>
          {tried && !agreed && <p className="field-error">请核对上面 {doubts.length} 处疑点，在月历上改好后勾选</p>}
        </div>
      )}
      <div className="calendar-head">
        <TextField label="标题" required value={draft.title} error={titleError} onChange={(title) => set({ title })} />
        <TextField label="文号" value={draft.document_no} error={fields["document_no"]} onChange={(document_no) => set({ document_no })} />
        <DateField label="成文日期" value={draft.issued_on} error={fields["issued_on"]} onChange={(issued_on) => set({ issued_on })} />
      </div>
      <EditedMonths draft={draft} doubts={doubts} onChange={(days) => set({ days })} />
      <TextField label="备注" value={draft.note} error={fields["note"]} onChange={(note) => set({ note })} />
      {error !== null && <Notice tone="error">{rest.length > 0 ? rest.join("；") : wordsOf(error)}</Notice>}
    </Dialog>
  );
}

/** 确认并让各页重读；失败的话留给对话框说。 */
function useConfirm({ year, version, problems: _problems, ...body }: Draft, onConfirmed: (year: number) => void) {
  const client = useQueryClient();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const confirm = async () => {
    setPending(true);
    setError(null);
    try {
      await api.put<CalendarYear>(`/calendars/${year}`, { ...body, title: body.title.trim() }, version);
      await Promise.all(["calendars", "deadlines"].map((key) => client.invalidateQueries({ queryKey: [key] })));
      toast.ok(`${year}年的节假日安排已确认`);
      onConfirmed(year);
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return { pending, error, confirm };
}

/** 可以改的月历；有疑点的日子带问号。 */
function EditedMonths({ draft, doubts, onChange }: { draft: Draft; doubts: readonly NoticeProblem[]; onChange: (days: CalendarDay[]) => void }) {
  const look = (iso: string): DayLook => {
    const plain = lookOf(iso, draft.days);
    const doubt = doubts.find((each) => each.on === iso);
    const doubted = doubt ? { mark: `${plain.mark ?? ""}？`, words: `${plain.words ?? "上班"}，${doubt.message}` } : {};
    return { ...plain, ...doubted, onPress: () => onChange(turned(draft.days, iso)) };
  };
  return (
    <>
      <Tally draft={draft} />
      <p className="muted small">按一下日子就改：平日在“上班”与“休”之间换，周末在“休息”、“班”（调休上班）与“休”之间换。</p>
      <Months label={`${draft.year}年月历`} months={monthsOf(draft.year, draft.days)} look={look} />
    </>
  );
}

function Problems({ problems }: { problems: readonly NoticeProblem[] }) {
  if (problems.length === 0) return null;
  const block = problems.some((each) => each.level === "block");
  return (
    <Notice tone={block ? "error" : "warn"} title={block ? "通知里有对不上的地方" : "请看一眼"} live>
      <ul className="stack-tight">
        {problems.map((each) => (
          <li key={`${each.code}-${each.message}`}>{each.message}</li>
        ))}
      </ul>
    </Notice>
  );
}

function Tally({ draft }: { draft: Draft }) {
  const off = draft.days.filter((day) => day.kind === "off");
  const work = draft.days.filter((day) => day.kind === "work");
  const inYear = (day: CalendarDay) => day.on.startsWith(String(draft.year));
  const weekdaysOff = off.filter((day) => !isWeekend(day.on) && inYear(day)).length;
  const weekdays = daysOfYear(draft.year).filter((iso) => !isWeekend(iso)).length;
  return (
    <p>
      放假 <b>{off.length}</b> 天，调休上班 <b>{work.length}</b> 天（{work.map((day) => showDay(day.on, draft.year)).join("、") || "无"}），全年工作日 <b>{weekdays - weekdaysOff + work.filter(inYear).length}</b> 天。
    </p>
  );
}

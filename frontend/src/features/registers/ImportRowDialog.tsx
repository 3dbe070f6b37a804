import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";

import { wordsOf } from "@/api/problem";
import type { Register, RegisterImport, RegisterImportColumn, RegisterImportPatch, RegisterImportRow } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Select } from "@/ui/Select";
import { TextArea, TextField } from "@/ui/TextField";

interface Props {
  register: Register;
  draft: RegisterImport;
  row: RegisterImportRow;
  onClose: () => void;
  onSave: (row: RegisterImportPatch) => Promise<unknown>;
}

type Cells = Readonly<Record<string, string>>;

/** 改一行：各格照表里写的，错处就在格下；个人信息遮着，改就填新的。 */
export function ImportRowDialog({ register, draft, row, onClose, onSave }: Props) {
  const [cells, setCells] = useState<Cells>({});
  const [steps, setSteps] = useState(row.steps);
  const [adding, setAdding] = useState("");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const own = draft.columns.filter((column) => column.event === null);
  const wrong = (key: string, line: number) => row.problems.find((problem) => problem.column === key && problem.source.row === line && !problem.acknowledged)?.message;
  const save = async () => {
    setPending(true);
    setError(null);
    try {
      await onSave({ position: row.position, cells, steps: steps === row.steps ? null : steps.map(({ kind, cells }) => ({ kind, cells })) });
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  const setStep = (index: number, key: string, text: string) => setSteps((now) => now.map((step, at) => (at === index ? { ...step, cells: { ...step.cells, [key]: text } } : step)));
  const add = (kind: string) => {
    const event = register.events.find((each) => each.kind === kind);
    if (event) setSteps((now) => [...now, { kind, title: event.title, source: row.source, cells: {} }]);
    setAdding("");
  };
  const whole = row.problems.filter((problem) => problem.column === null && !problem.acknowledged);
  return (
    <Dialog
      title={`改表中第 ${row.source.row} 行`}
      isOpen
      wide
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="primary" pending={pending} onClick={() => void save()}>
            保存并重新核对
          </Button>
        </>
      }
    >
      {whole.map((problem) => (
        <Notice key={problem.message} tone={problem.level === "block" ? "error" : "warn"}>
          {problem.message}
        </Notice>
      ))}
      <div className="register-grid">
        {own.map((column) => (
          <Cell key={column.key} column={column} text={cells[column.key] ?? row.cells[column.key] ?? ""} error={column.key in cells ? undefined : wrong(column.key, row.source.row)} onChange={(text) => setCells((now) => ({ ...now, [column.key]: text }))} />
        ))}
      </div>
      {steps.map((step, index) => (
        <section key={index} className="register-section" aria-label={step.title}>
          <div className="row-between">
            <h3>{step.title}</h3>
            <Button small variant="quiet" icon={Trash2} aria-label={`去掉“${step.title}”这一步`} onClick={() => setSteps((now) => now.filter((_, at) => at !== index))}>
              去掉
            </Button>
          </div>
          <div className="register-grid">
            {draft.columns
              .filter((column) => column.event === step.kind)
              .map((column) => (
                <Cell key={column.key} column={{ ...column, heading: column.heading.split("：")[1] ?? column.heading }} text={step.cells[column.key] ?? ""} error={step.cells[column.key] === row.steps[index]?.cells[column.key] ? wrong(column.key, step.source.row) : undefined} onChange={(text) => setStep(index, column.key, text)} />
              ))}
          </div>
        </section>
      ))}
      {register.events.length > 0 && (
        <div className="row register-section">
          <Select label="加一步经过" empty="选择" value={adding} options={register.events.map((event) => ({ id: event.kind, label: event.title }))} onChange={setAdding} />
          <Button icon={Plus} disabled={adding === ""} onClick={() => add(adding)}>
            加上
          </Button>
        </div>
      )}
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

/** 一格：有选项的给下拉（表里写的不在其中也看得见），其余照字填。 */
function Cell({ column, text, error, onChange }: { column: RegisterImportColumn; text: string; error: string | undefined; onChange: (text: string) => void }) {
  const shared = { label: column.heading, hint: column.personal ? "已遮掩；要改就填完整的" : column.hint, required: column.required, error };
  const words = column.input === "check" ? ["是", "否"] : column.options.map((option) => option.words);
  if (words.length > 0 && column.input !== "choices") {
    const listed = text !== "" && !words.includes(text) ? [text, ...words] : words;
    return <Select {...shared} empty="（空）" value={text} options={listed.map((word) => ({ id: word, label: word === text && !words.includes(word) ? `表里写的“${word}”` : word }))} onChange={onChange} />;
  }
  if (column.input === "area") return <TextArea {...shared} className="register-wide" rows={2} value={text} onChange={onChange} />;
  return <TextField {...shared} placeholder={column.input === "date" ? "2023-09-30" : column.input === "moment" ? "2023-09-30 09:20" : undefined} value={text} onChange={onChange} />;
}

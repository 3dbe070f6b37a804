import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";

import { api } from "@/api/client";
import { fieldErrors, wordsOf } from "@/api/problem";
import type { Unit, UnitKind } from "@/api/types";
import { randomId } from "@/lib/id";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { DateField } from "@/ui/DateField";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import { toast } from "@/ui/Toast";
import { UnitPicker } from "@/ui/UnitPicker";

import { KINDS } from "./kinds";

const FIELDS = ["code", "name", "short_name", "kind", "parent_id", "aliases", "valid_from", "valid_to", "successor_id"] as const;

/** 新增或修改一个单位；撤并时填止日与承继单位。 */
export function UnitDialog({ unit, onClose }: { unit: Unit | null; onClose: () => void }) {
  const client = useQueryClient();
  const [form, setForm] = useState({
    code: unit?.code ?? "",
    name: unit?.name ?? "",
    short_name: unit?.short_name ?? "",
    kind: (unit?.kind ?? "department") as UnitKind,
    parent_id: unit?.parent_id ?? null,
    aliases: unit?.aliases.join("、") ?? "",
    valid_from: unit?.valid_from ?? null,
    valid_to: unit?.valid_to ?? null,
    successor_id: unit?.successor?.id ?? null,
    holds_tasks: unit?.holds_tasks ?? true,
    counts_in_report: unit?.counts_in_report ?? true,
  });
  const [once] = useState(randomId);
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const set = (change: Partial<typeof form>) => setForm((now) => ({ ...now, ...change }));
  const { fields, first } = fieldErrors(error, FIELDS);
  const lack = (name: "code" | "name" | "short_name", words: string) => (tried && form[name].trim() === "" ? words : fields[name]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if ([form.code, form.name, form.short_name].some((text) => text.trim() === "")) return;
    setPending(true);
    setError(null);
    const { code, parent_id, successor_id, aliases, ...rest } = form;
    const shared = { ...rest, aliases: aliases.split(/[、，,\s]+/).filter(Boolean) };
    try {
      if (unit) await api.patch<Unit>(`/units/${unit.id}`, { ...shared, successor_id }, unit.version);
      else await api.post<Unit>("/units", { ...shared, code: code.trim(), parent_id }, { once });
      await client.invalidateQueries({ queryKey: ["units"] });
      toast.ok(unit ? `已修改${form.name}` : `已新增${form.name}`);
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };

  return (
    <Dialog
      title={unit ? "修改单位" : "新增单位"}
      isOpen
      wide
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button type="submit" form="unit-form" variant="primary" pending={pending}>
            {unit ? "保存" : "新增"}
          </Button>
        </>
      }
    >
      <form id="unit-form" className="stack" noValidate onSubmit={(event) => void submit(event)}>
        <TextField label="全称" required value={form.name} error={lack("name", "请输入全称")} onChange={(name) => set({ name })} />
        <div className="unit-grid">
          <TextField label="简称" hint="分解表中的写法" required value={form.short_name} error={lack("short_name", "请输入简称")} onChange={(short_name) => set({ short_name })} />
          <TextField label="代码" hint="统一社会信用代码或本地代码" required disabled={unit !== null} value={form.code} error={lack("code", "请输入代码")} onChange={(code) => set({ code })} />
          <Select label="类别" required value={form.kind} options={KINDS} error={fields["kind"]} onChange={(kind) => kind && set({ kind })} />
          {unit === null && <UnitPicker label="上级" value={form.parent_id} error={fields["parent_id"]} onChange={(parent_id) => set({ parent_id })} />}
        </div>
        <TextField label="别名、曾用名" hint="几个之间用顿号隔开" value={form.aliases} error={fields["aliases"]} onChange={(aliases) => set({ aliases })} />
        <div className="unit-grid">
          <DateField label="存续起日" value={form.valid_from} error={fields["valid_from"]} onChange={(valid_from) => set({ valid_from })} />
          <DateField label="存续止日" hint="撤并时填" value={form.valid_to} error={fields["valid_to"]} onChange={(valid_to) => set({ valid_to })} />
        </div>
        {unit && form.valid_to && <UnitPicker label="承继单位" value={form.successor_id} error={fields["successor_id"]} onChange={(successor_id) => set({ successor_id })} />}
        <div className="row">
          <Checkbox checked={form.holds_tasks} onChange={(holds_tasks) => set({ holds_tasks })}>
            承担任务
          </Checkbox>
          <Checkbox checked={form.counts_in_report} onChange={(counts_in_report) => set({ counts_in_report })}>
            计入年度报告
          </Checkbox>
        </div>
        {error !== null && first === null && <Notice tone="error">{wordsOf(error)}</Notice>}
      </form>
    </Dialog>
  );
}

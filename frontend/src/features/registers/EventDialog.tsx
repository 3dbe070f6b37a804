import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";

import { api } from "@/api/client";
import { fieldErrors, wordsOf } from "@/api/problem";
import type { Entry, Register, RegisterEvent } from "@/api/types";
import { useMe } from "@/app/session";
import { randomId } from "@/lib/id";
import { Button } from "@/ui/Button";
import { DateField } from "@/ui/DateField";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { TextField } from "@/ui/TextField";
import { toast } from "@/ui/Toast";

import { FieldInput } from "./FieldInput";
import { entryQuery } from "./queries";
import { missing, momentOf, toData, toValues, type Values } from "./values";

/** 登记一步经过。 */
export function EventDialog({ register, entry, event, onClose }: { register: Register; entry: Entry; event: RegisterEvent; onClose: () => void }) {
  const { today } = useMe();
  const client = useQueryClient();
  const [on, setOn] = useState<string | null>(today);
  const [at, setAt] = useState("");
  const [reason, setReason] = useState("");
  const [values, setValues] = useState<Values>(() => toValues(event.fields, {}));
  const [once] = useState(randomId);
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const refused = fieldErrors(error, ["on", "at", "reason", ...event.fields.map((field) => `data.${field.name}`)]);
  const lacking: Record<string, string> = {
    ...(event.by_hour && at === "" ? { at: `请填写${event.on_words}` } : {}),
    ...(!event.by_hour && on === null ? { on: `请填写${event.on_words}` } : {}),
    ...Object.fromEntries(Object.entries(missing(event.fields, values)).map(([name, words]) => [`data.${name}`, words])),
  };
  const errors = { ...refused.fields, ...(tried ? lacking : {}) };

  const submit = async (form: FormEvent) => {
    form.preventDefault();
    setTried(true);
    setError(null);
    if (Object.keys(lacking).length > 0) return focusFirst();
    setPending(true);
    try {
      const body = { kind: event.kind, ...(event.by_hour ? { at: momentOf(at) } : { on }), reason: reason.trim() || null, data: toData(event.fields, values) };
      const done = await api.post<Entry>(`/registers/${register.slug}/entries/${entry.id}/events`, body, { once, version: entry.version });
      client.setQueryData(entryQuery(register.slug, entry.id).queryKey, done);
      void client.invalidateQueries({ queryKey: ["registers"] });
      toast.ok(`已登记：${event.title}`);
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
      focusFirst();
    }
  };
  return (
    <Dialog
      title={event.title}
      isOpen
      wide
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button type="submit" form="event-form" variant="primary" pending={pending}>
            登记
          </Button>
        </>
      }
    >
      <form id="event-form" className="stack" noValidate onSubmit={(form) => void submit(form)}>
        {event.hint && <p className="muted">{event.hint}</p>}
        <div className="register-grid">
          {event.by_hour ? (
            <TextField label={event.on_words} required type="datetime-local" value={at} error={errors["at"]} onChange={setAt} />
          ) : (
            <DateField label={event.on_words} required min={entry.opened_on} max={today} value={on} error={errors["on"]} onChange={setOn} />
          )}
          {event.fields.map((field) => (
            <FieldInput key={field.name} field={field} value={values[field.name] ?? null} error={errors[`data.${field.name}`]} onChange={(value) => setValues((now) => ({ ...now, [field.name]: value }))} />
          ))}
          <TextField className="register-wide" label="说明" maxLength={500} value={reason} error={errors["reason"]} onChange={setReason} />
        </div>
        {error !== null && (refused.first === null || refused.rest.length > 0) && <Notice tone="error">{refused.rest.length > 0 ? refused.rest.join("；") : wordsOf(error)}</Notice>}
      </form>
    </Dialog>
  );
}

function focusFirst(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[role="dialog"] [aria-invalid="true"]')?.focus());
}

import { Plus, Trash2 } from "lucide-react";

import { fieldErrors } from "@/api/problem";
import type { DeadlineRule } from "@/api/types";
import { Button, IconButton } from "@/ui/Button";
import { DateField } from "@/ui/DateField";
import { FieldGroup } from "@/ui/Field";
import { Notice } from "@/ui/Notice";
import { Card, Fold } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";

import { CHANNELS, extensionOf, extensionText, pauseEnds, type DeadlineSearch, type TermUnit } from "./search";

const OWN = "own";
const UNITS: readonly { id: TermUnit; label: string }[] = [
  { id: "workday", label: "个工作日" },
  { id: "day", label: "日（自然日）" },
  { id: "month", label: "个月" },
];
const TERM_FIELDS = ["days", "calendar_days", "months"];

export interface FormProps {
  search: DeadlineSearch;
  rules: readonly DeadlineRule[];
  error: unknown;
  onChange: (change: Partial<Record<keyof DeadlineSearch, unknown>>) => void;
}

/** 问什么：从哪天起、依哪一条、其间发生了什么。每改一处，地址与结果随之变。 */
export function DeadlineForm({ search, rules, error, onChange }: FormProps) {
  const rule = rules.find((each) => each.key === search.rule) ?? null;
  const known = ["start", "rule", "channel", "confirmed", "sent", ...TERM_FIELDS, ...numbered("restart", search.restart), ...numbered("pause", search.pause), "restart", "pause", "extend"];
  const { fields, rest } = fieldErrors(error, known);
  const events = rule === null ? ["restart", "pause"] : [rule.restarts && "restart", rule.pauses && "pause", rule.extends && "extend"].filter(Boolean);
  const happened = Boolean(search.restart ?? search.pause ?? search.extend ?? search.sent);
  return (
    <Card title="怎么算" className="no-print">
      <form className="stack" onSubmit={(event) => event.preventDefault()} noValidate>
        <RuleField search={search} rules={rules} error={fields["rule"]} onChange={onChange} />
        {(rule === null || rule.amount === null) && <TermFields search={search} error={TERM_FIELDS.map((name) => fields[name]).find(Boolean)} onChange={onChange} />}
        <DateField label={`${startLabel(rule, search)}（起算日）`} required value={search.start} error={fields["start"]} onChange={(start) => start && onChange({ start })} />
        {rule?.received && <ChannelFields search={search} fields={fields} onChange={onChange} />}
        {(events.length > 0 || rule?.key === "K5") && (
          <Fold summary="其间发生的事：补正、征求意见、延期、答复" open={happened}>
            <div className="stack">
              {events.includes("restart") && <Restarts search={search} fields={fields} onChange={onChange} />}
              {events.includes("pause") && <Pauses search={search} fields={fields} onChange={onChange} />}
              {events.includes("extend") && <Extension search={search} error={fields["extend"]} onChange={onChange} />}
              {rule?.key === "K5" && <DateField label="答复付邮（签收）日" hint="填了就说明是否按期" value={search.sent ?? null} error={fields["sent"]} onChange={(sent) => onChange({ sent: sent ?? undefined })} />}
            </div>
          </Fold>
        )}
        {rest.length > 0 && <Notice tone="error">{rest.join("；")}</Notice>}
      </form>
    </Card>
  );
}

function numbered(name: string, list: readonly string[] | undefined): string[] {
  return (list ?? []).map((_, index) => `${name}.${index}`);
}

function replaced(list: readonly string[], index: number, value: string): string[] {
  return list.map((item, place) => (place === index ? value : item));
}

function startLabel(rule: DeadlineRule | null, search: DeadlineSearch): string {
  if (rule === null) return "起算事由发生之日";
  const confirms = CHANNELS.find((each) => each.id === search.channel)?.confirms;
  return confirms ? "申请到达之日" : `${rule.event}之日`;
}

type Part = Omit<FormProps, "rules" | "error"> & { fields: Record<string, string> };

function RuleField({ search, rules, error, onChange }: Omit<Part, "fields"> & { rules: readonly DeadlineRule[]; error: string | undefined }) {
  const options = [...rules.map((rule) => ({ id: rule.key, label: `${rule.name}：${rule.term_words}` })), { id: OWN, label: "自定期限" }];
  const rule = rules.find((each) => each.key === search.rule);
  const choose = (key: string) => {
    const chosen = rules.find((each) => each.key === key);
    const term = chosen && chosen.amount !== null ? { n: undefined, unit: undefined } : { n: search.n ?? 15, unit: search.unit ?? "workday" };
    const unfit = {
      ...(chosen && !chosen.restarts ? { restart: undefined } : {}),
      ...(chosen && !chosen.pauses ? { pause: undefined } : {}),
      ...(chosen?.extends ? {} : { extend: undefined }),
      ...(chosen?.received ? {} : { channel: undefined, confirmed: undefined }),
      ...(key === "K5" ? {} : { sent: undefined }),
    };
    onChange({ rule: chosen ? key : undefined, ...term, ...unfit });
  };
  return (
    <>
      <Select label="依据" value={search.rule ?? OWN} options={options} error={error} hint={rule?.article} onChange={choose} />
      {rule && !rule.verified && (
        <Notice tone="warn" title="请核对原文">
          这一条的规定未经核对原文，写入文书之前请查{rule.article}。
        </Notice>
      )}
    </>
  );
}

function TermFields({ search, error, onChange }: Omit<Part, "fields"> & { error: string | undefined }) {
  return (
    <div className="deadline-pair">
      <TextField label="期限" required inputMode="numeric" value={search.n === undefined ? "" : String(search.n)} error={error} onChange={(text) => onChange({ n: Number(text.replace(/\D/g, "").slice(0, 5)) || undefined, unit: search.unit ?? "workday" })} />
      <Select label="单位" value={search.unit ?? "workday"} options={UNITS} onChange={(unit) => onChange({ unit: unit || "workday" })} />
    </div>
  );
}

function ChannelFields({ search, fields, onChange }: Part) {
  const channel = CHANNELS.find((each) => each.id === search.channel);
  return (
    <>
      <Select label="提交方式" empty="不说明" value={search.channel ?? ""} options={CHANNELS} error={fields["channel"]} onChange={(id) => onChange({ channel: id || undefined, confirmed: undefined })} />
      {channel?.confirms && <DateField label="与申请人确认之日" hint="以确认之日为收到申请之日（第三十一条）；同日确认的可以不填" value={search.confirmed ?? null} error={fields["confirmed"]} onChange={(confirmed) => onChange({ confirmed: confirmed ?? undefined })} />}
    </>
  );
}

function Restarts({ search, fields, onChange }: Part) {
  const days = search.restart ?? [];
  const put = (next: string[]) => onChange({ restart: next.length > 0 ? next : undefined });
  return (
    <FieldGroup label="收到补正" hint="期限从收到补正之日重新计算" error={fields["restart"]}>
      {days.map((day, index) => (
        <div key={index} className="deadline-line">
          <DateField label={`收到补正之日 ${index + 1}`} labelHidden value={day} error={fields[`restart.${index}`]} onChange={(value) => value && put(replaced(days, index, value))} />
          <IconButton label={`去掉收到补正之日 ${index + 1}`} icon={Trash2} onClick={() => put(days.filter((_, place) => place !== index))} />
        </div>
      ))}
      <Button small icon={Plus} onClick={() => put([...days, search.start])}>
        加一次补正
      </Button>
    </FieldGroup>
  );
}

function Pauses({ search, fields, onChange }: Part) {
  const pauses = search.pause ?? [];
  const put = (next: string[]) => onChange({ pause: next.length > 0 ? next : undefined });
  const change = (index: number, first: string | null, last: string | null) => put(replaced(pauses, index, `${first ?? ""}/${last ?? ""}`));
  return (
    <FieldGroup label="征求第三方、其他机关意见" hint="发出次日至收到之日不计入；还没收到的，收到日留空" error={fields["pause"]}>
      {pauses.map((text, index) => {
        const [first, last] = pauseEnds(text);
        return (
          <div key={index} className="deadline-line">
            <div className="stack-tight">
              <DateField label={`第 ${index + 1} 次发出`} value={first} error={fields[`pause.${index}`]} onChange={(value) => change(index, value, last)} />
              <DateField label={`第 ${index + 1} 次收到`} value={last} onChange={(value) => change(index, first, value)} />
            </div>
            <IconButton label={`去掉第 ${index + 1} 次征求意见`} icon={Trash2} onClick={() => put(pauses.filter((_, place) => place !== index))} />
          </div>
        );
      })}
      <Button small icon={Plus} onClick={() => put([...pauses, "/"])}>
        加一段征求意见
      </Button>
    </FieldGroup>
  );
}

function Extension({ search, error, onChange }: Omit<Part, "fields"> & { error: string | undefined }) {
  const { on, amount } = extensionOf(search.extend);
  return (
    <div className="deadline-pair">
      <TextField label="延期（工作日）" hint="一次，至多 20" inputMode="numeric" value={amount} error={error} onChange={(text) => onChange({ extend: extensionText(on, text) })} />
      <DateField label="延期决定日" hint="须在届满之前" value={on} onChange={(value) => onChange({ extend: extensionText(value, amount || "20") })} />
    </div>
  );
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useBlocker, useParams, useRouter } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";

import { api } from "@/api/client";
import { fieldErrors, isProblem, wordsOf } from "@/api/problem";
import type { Entry, Register, RegisterField } from "@/api/types";
import { useMe, useRole } from "@/app/session";
import { showClock, showTime } from "@/lib/dates";
import type { FormKeeperOptions, FormState, KeptForm } from "@/lib/formKeeper";
import { randomId } from "@/lib/id";
import { shelf } from "@/lib/stash";
import { useFormKeeper } from "@/lib/useFormKeeper";
import { Button } from "@/ui/Button";
import { DateField } from "@/ui/DateField";
import { ConfirmDialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Card, Fold, PageHeader } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { ErrorState, Loading } from "@/ui/States";
import { TextField } from "@/ui/TextField";
import { toast } from "@/ui/Toast";
import { UnitPicker } from "@/ui/UnitPicker";

import { FieldInput } from "./FieldInput";
import { PartyFields, blankParty, isBlank, partyBody, type PartyDraft } from "./PartyFields";
import { entryQuery, linkableQuery, registerQuery } from "./queries";
import { missing, toData, toValues, type Values } from "./values";
import "./registers.css";

/** 新登记一条。 */
export function EntryNewPage() {
  const { slug } = useParams({ from: "/inside/registers/$slug/new" });
  const { data: register, error } = useQuery(registerQuery(slug));
  if (error && !register) return <ErrorState error={error} />;
  return register ? <EntryForm register={register} entry={null} /> : <Loading lines={10} />;
}

/** 修改一条。 */
export function EntryEditPage() {
  const { slug, id } = useParams({ from: "/inside/registers/$slug/$id/edit" });
  const { data: register, error } = useQuery(registerQuery(slug));
  const { data: entry, error: failed } = useQuery({ ...entryQuery(slug, id), staleTime: Infinity });
  if (error ?? failed) return <ErrorState error={error ?? failed} />;
  return register && entry ? <EntryForm register={register} entry={entry} /> : <Loading lines={10} />;
}

/** 没有另分一节的各栏，与标题、日期放在同一张卡里。 */
const BASIC = "基本情况";

interface Draft {
  /** 从哪一版改起；新登记的为空。 */
  version: number | null;
  unit_id: string | null;
  title: string;
  ref_no: string;
  opened_on: string | null;
  related_id: string;
  values: Values;
  party: PartyDraft;
}

function draftOf(register: Register, entry: Entry | null, unit: string, today: string): Draft {
  return {
    version: entry?.version ?? null,
    unit_id: entry?.unit.id ?? unit,
    title: entry?.title ?? "",
    ref_no: entry?.ref_no ?? "",
    opened_on: entry?.opened_on ?? today,
    related_id: entry?.related?.id ?? "",
    values: toValues(register.fields, entry?.data ?? {}),
    party: blankParty,
  };
}

const looksRight = ({ form }: KeptForm<Draft>) => typeof form.title === "string" && typeof form.values === "object";
// 有申请人的台账，申请内容里也可能有个人信息：只留在这个标签页，关掉即清；申请人各栏一概不留。
const SESSION = shelf<KeptForm<Draft>>("taizhang.entry.", "session", looksRight);
const LOCAL = shelf<KeptForm<Draft>>("taizhang.entry.", "local", looksRight);

function keepOf(register: Register, entry: Entry | null, user: string, first: Draft): FormKeeperOptions<Draft> {
  return { shelf: register.party ? SESSION : LOCAL, user, id: `${register.slug}.${entry?.id ?? "new"}`, first, fit: (form) => ({ ...form, party: blankParty }) };
}

function lacks(register: Register, draft: Draft, entry: Entry | null): Record<string, string> {
  const own = Object.fromEntries(Object.entries(missing(register.fields, draft.values)).map(([name, words]) => [`data.${name}`, words]));
  const party = register.party && (entry === null || !isBlank(draft.party));
  return {
    ...(draft.title.trim() === "" ? { title: `请填写${register.title_words}` } : {}),
    ...(draft.opened_on === null ? { opened_on: `请填写${register.opened_words}` } : {}),
    ...(party && draft.party.kind === "" ? { "party.kind": "请选择申请人类型" } : {}),
    ...(party && draft.party.name.trim() === "" ? { "party.name": "请填写姓名或者名称" } : {}),
    ...own,
  };
}

function EntryForm({ register, entry }: { register: Register; entry: Entry | null }) {
  const me = useMe();
  const client = useQueryClient();
  const router = useRouter();
  const whole = useRole("office");
  const { keeper, state } = useFormKeeper(() => keepOf(register, entry, me.id, draftOf(register, entry, me.unit.id, me.today)));
  const draft = state.form;
  const [once] = useState(randomId);
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const set = (part: Partial<Draft>) => keeper.change((now) => ({ ...now, ...part }));
  const known = ["unit_id", "title", "ref_no", "opened_on", "related_id", ...register.fields.map((field) => `data.${field.name}`), ...["kind", "name", "id_number", "phone", "address", "email"].map((name) => `party.${name}`), "party"];
  const refused = fieldErrors(error, known);
  const errors = { ...refused.fields, ...(tried ? lacks(register, draft, entry) : {}) };
  // 其余的都留了底，离开不丢；只有申请人不留。
  const losing = () => state.changed && !isBlank(draft.party);
  const leaving = useBlocker({ shouldBlockFn: losing, enableBeforeUnload: losing, withResolver: true });

  const input = (field: RegisterField) => (
    <FieldInput key={field.name} field={field} value={draft.values[field.name] ?? null} error={errors[`data.${field.name}`]} onChange={(value) => keeper.change((now) => ({ ...now, values: { ...now.values, [field.name]: value } }))} />
  );
  const send = async (): Promise<Entry> => {
    const shared = { title: draft.title.trim(), ref_no: draft.ref_no.trim() || null, opened_on: draft.opened_on, data: toData(register.fields, draft.values), ...(register.links ? { related_id: draft.related_id || null } : {}) };
    const corrected = register.party && !isBlank(draft.party) ? { party: partyBody(draft.party) } : {};
    if (entry) return api.patch<Entry>(`/registers/${register.slug}/entries/${entry.id}`, { ...shared, ...corrected }, entry.version);
    return api.post<Entry>(`/registers/${register.slug}/entries`, { ...shared, unit_id: draft.unit_id, ...(register.party ? { party: partyBody(draft.party) } : {}) }, { once });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setError(null);
    if (Object.keys(lacks(register, draft, entry)).length > 0) return focusFirst();
    setPending(true);
    try {
      const done = await send();
      keeper.done();
      client.setQueryData(entryQuery(register.slug, done.id).queryKey, done);
      void client.invalidateQueries({ queryKey: ["registers"] });
      toast.ok(entry ? "已保存" : `已登记：${done.title}`);
      await router.navigate({ to: "/registers/$slug/$id", params: { slug: register.slug, id: done.id }, ignoreBlocker: true });
    } catch (failure) {
      setError(failure);
      setPending(false);
      focusFirst();
    }
  };
  return (
    <>
      <PageHeader title={entry ? `修改：${entry.title}` : `登记${register.title}`} back={<Back register={register} entry={entry} />} lead={<span className="muted">{register.term_words}</span>} />
      <Restored register={register} entry={entry} state={state} onRestart={keeper.restart} />
      <form className="stack" noValidate onSubmit={(event) => void submit(event)}>
        <Card ledger title={register.party ? "来件" : BASIC}>
          <div className="register-grid">
            <TextField className="register-wide" label={register.title_words} hint={register.party ? "不要写入申请人的个人信息" : undefined} required maxLength={300} value={draft.title} error={errors["title"]} onChange={(title) => set({ title })} />
            <TextField label={register.ref_words} maxLength={100} value={draft.ref_no} error={errors["ref_no"]} onChange={(ref_no) => set({ ref_no })} />
            <DateField label={register.opened_words} required max={me.today} value={draft.opened_on} error={errors["opened_on"]} onChange={(opened_on) => set({ opened_on })} />
            {whole && entry === null && <UnitPicker label="登记到哪个单位" required value={draft.unit_id} error={errors["unit_id"]} onChange={(unit_id) => set({ unit_id })} />}
            {register.links && <Linked register={register} unit={draft.unit_id ?? me.unit.id} value={draft.related_id} error={errors["related_id"]} onChange={(related_id) => set({ related_id })} />}
            {register.fields.filter((field) => field.section === BASIC).map(input)}
          </div>
        </Card>
        {register.party && entry === null && <PartyFields draft={draft.party} errors={errors} onChange={(party) => set({ party })} />}
        {entry?.actions.includes("reveal") && (
          <Fold summary="申请人有误？重新填写" open={!isBlank(draft.party)}>
            <PartyFields draft={draft.party} errors={errors} onChange={(party) => set({ party })} />
          </Fold>
        )}
        {sectionsOf(register.fields.filter((field) => field.section !== BASIC)).map(([section, fields]) => (
          <Card key={section} title={section}>
            <div className="register-grid">
              {fields.map(input)}
            </div>
          </Card>
        ))}
        {isProblem(error, "version-conflict") ? (
          <Notice tone="error" title="内容已被他人修改">
            您填写的还在这里。请另开一页看现在的内容，核对之后重新打开再改。
          </Notice>
        ) : (
          error !== null && <Notice tone="error" title="没有保存成功">{refused.rest.length > 0 ? refused.rest.join("；") : refused.first ? "请看各栏下的说明。" : wordsOf(error)}</Notice>
        )}
        <div className="save-bar no-print">
          <KeptLine register={register} state={state} />
          <Button type="submit" variant="primary" pending={pending}>
            {entry ? "保存" : "登记"}
          </Button>
        </div>
      </form>
      <ConfirmDialog title="申请人还没有保存" isOpen={leaving.status === "blocked"} onClose={() => leaving.reset?.()} confirm="离开" danger onConfirm={() => Promise.resolve(leaving.proceed?.())}>
        <p>申请人信息不留在本机，离开这一页就没有了，须重新填写；其余各栏已暂存，回来接着填。</p>
      </ConfirmDialog>
    </>
  );
}

/** 接上了上次没送的，说清楚是什么时候的、缺什么；可以不要。 */
function Restored({ register, entry, state, onRestart }: { register: Register; entry: Entry | null; state: FormState<Draft>; onRestart: () => void }) {
  if (state.restoredAt === null || !state.changed) return null;
  const older = entry !== null && state.form.version !== entry.version;
  return (
    <Notice tone={older ? "warn" : "info"} title={`接着${showTime(state.restoredAt.toISOString())}没有提交的填写`} actions={<Button onClick={onRestart}>不要了，从头填</Button>}>
      {older && "那之后这一条又被改过，请逐栏核对。"}
      {register.party && "申请人信息不留在本机，须重新填写。"}
    </Notice>
  );
}

function KeptLine({ register, state }: { register: Register; state: FormState<Draft> }) {
  const where = register.party ? "这个标签页，申请人除外" : "本机";
  const words = state.kept === "failed" ? "暂存不下，请尽快提交" : state.kept ? `已暂存在${where} ${showClock(state.kept)}` : `边写边暂存在${where}，刷新不丢`;
  return (
    <span className={state.kept === "failed" ? "tag-text-ochre small" : "muted small"} role="status">
      {words}
    </span>
  );
}

function focusFirst(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus());
}

function sectionsOf(fields: readonly RegisterField[]): [string, RegisterField[]][] {
  const sections = new Map<string, RegisterField[]>();
  for (const field of fields) sections.set(field.section, [...(sections.get(field.section) ?? []), field]);
  return [...sections];
}

function Back({ register, entry }: { register: Register; entry: Entry | null }) {
  if (entry === null) return <Link to="/registers/$slug" params={{ slug: register.slug }}>← {register.title}</Link>;
  return <Link to="/registers/$slug/$id" params={{ slug: register.slug, id: entry.id }}>← {entry.title}</Link>;
}

function Linked({ register, unit, value, error, onChange }: { register: Register; unit: string; value: string; error: string | undefined; onChange: (id: string) => void }) {
  const { data } = useQuery({ ...linkableQuery(register.links ?? "", unit), enabled: register.links !== null });
  const options = data?.items.map((row) => ({ id: row.id, label: `${row.ref_no ? `${row.ref_no} ` : ""}${row.title}` })) ?? [];
  return <Select label="所涉申请" hint="本单位依申请公开台账里的一件" empty="不相连" value={value} options={options} error={error} onChange={onChange} />;
}

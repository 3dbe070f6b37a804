import { useState, type FormEvent } from "react";

import { api } from "@/api/client";
import { fieldErrors, wordsOf } from "@/api/problem";
import type { AssignmentDuty, Evidence, StoredFile } from "@/api/types";
import { randomId } from "@/lib/id";
import { Button } from "@/ui/Button";
import { Checkbox, RadioGroup } from "@/ui/Checkbox";
import { DateField } from "@/ui/DateField";
import { Dialog } from "@/ui/Dialog";
import { FieldGroup } from "@/ui/Field";
import { Notice } from "@/ui/Notice";
import { TextField } from "@/ui/TextField";

import { documentNoIn } from "./links";

export interface EvidenceSeed {
  evidence?: Evidence;
  duty_ids?: string[];
  url: string;
  title: string;
  file: StoredFile | null;
}

const FIELDS = ["title", "url", "document_no", "formed_on", "published_on", "channel", "openness"] as const;
const CHANNELS = ["区政府门户网站", "政务新媒体", "政务公开专栏", "新闻发布会", "公示栏"];

/** 登记或修改一件佐证。 */
export function EvidenceDialog({ seed, duties, today, onClose, onSaved }: { seed: EvidenceSeed; duties: readonly AssignmentDuty[]; today: string; onClose: () => void; onSaved: (evidence: Evidence, dutyIds: string[]) => void }) {
  const old = seed.evidence;
  const [form, setForm] = useState({
    title: seed.title,
    url: seed.url,
    document_no: old?.document_no ?? documentNoIn(seed.title),
    formed_on: old?.formed_on ?? null,
    published_on: old?.published_on ?? null,
    channel: old?.channel ?? "",
    openness: old?.openness ?? ("open" as Evidence["openness"]),
    secrecy_checked: old?.secrecy_checked ?? false,
  });
  const [chosen, setChosen] = useState<string[]>(seed.duty_ids ?? (duties.length === 1 && duties[0] ? [duties[0].id] : []));
  const [once] = useState(() => randomId());
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [tried, setTried] = useState(false);
  const set = (change: Partial<typeof form>) => setForm((now) => ({ ...now, ...change }));
  const { fields, first } = fieldErrors(error, FIELDS);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (form.title.trim() === "" || pending) return;
    setPending(true);
    setError(null);
    const body = {
      ...form,
      title: form.title.trim(),
      url: form.url.trim() || null,
      document_no: form.document_no.trim() || null,
      channel: form.channel.trim() || null,
    };
    try {
      const saved = old
        ? await api.patch<Evidence>(`/evidence/${old.id}`, body, old.version)
        : await api.post<Evidence>("/evidence", { ...body, attachment_id: seed.file?.id ?? null }, { once });
      onSaved(saved, chosen);
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };

  return (
    <Dialog
      title={old ? "修改佐证" : "登记佐证"}
      isOpen
      wide
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="primary" type="submit" form="evidence-form" pending={pending}>
            {old ? "保存修改" : "加入佐证"}
          </Button>
        </>
      }
    >
      <form id="evidence-form" className="stack" noValidate onSubmit={(event) => void submit(event)}>
        {seed.file && <p className="muted">文件：{seed.file.name}</p>}
        <TextField label="标题" required value={form.title} error={tried && form.title.trim() === "" ? "请输入标题" : fields["title"]} onChange={(title) => set({ title })} />
        <TextField label="网址" type="url" value={form.url} error={fields["url"]} onChange={(url) => set({ url })} />
        <div className="form-grid">
          <TextField label="文号" value={form.document_no} error={fields["document_no"]} onChange={(document_no) => set({ document_no })} placeholder="如 泸江府办发〔2023〕12号" />
          <TextField label="公开渠道" value={form.channel} error={fields["channel"]} list="channels" onChange={(channel) => set({ channel })} />
          <datalist id="channels">
            {CHANNELS.map((channel) => (
              <option key={channel} value={channel}>
                {channel}
              </option>
            ))}
          </datalist>
          <DateField label="形成日期" value={form.formed_on} error={fields["formed_on"]} onChange={(formed_on) => set({ formed_on })} />
          <DateField label="公开日期" value={form.published_on} error={fields["published_on"]} hint={form.published_on && form.published_on > today ? "在本期之后，请核对" : undefined} onChange={(published_on) => set({ published_on })} />
        </div>
        <RadioGroup
          label="公开属性"
          value={form.openness}
          options={[
            { id: "open", label: "主动公开" },
            { id: "on_request", label: "依申请公开" },
            { id: "closed", label: "不予公开" },
          ]}
          onChange={(openness) => set({ openness })}
        />
        {duties.length > 0 && (
          <FieldGroup label="证明哪几条要求">
            <div className="stack-tight">
              {duties.map((duty, index) => (
                <Checkbox key={duty.id} checked={chosen.includes(duty.id)} onChange={(checked) => setChosen((now) => (checked ? [...now, duty.id] : now.filter((id) => id !== duty.id)))}>
                  {index + 1}. {duty.text}
                </Checkbox>
              ))}
            </div>
          </FieldGroup>
        )}
        <Checkbox checked={form.secrecy_checked} onChange={(secrecy_checked) => set({ secrecy_checked })}>
          已经保密审查，不含国家秘密、工作秘密、商业秘密和个人隐私
        </Checkbox>
        {error !== null && first === null && <Notice tone="error">{wordsOf(error)}</Notice>}
      </form>
    </Dialog>
  );
}

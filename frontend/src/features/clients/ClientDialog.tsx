import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";

import { api } from "@/api/client";
import { fieldErrors, wordsOf } from "@/api/problem";
import type { ApiClient, ApiClientScope, ApiClientSecret } from "@/api/types";
import { randomId } from "@/lib/id";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { DateField } from "@/ui/DateField";
import { Dialog } from "@/ui/Dialog";
import { FieldGroup } from "@/ui/Field";
import { Notice } from "@/ui/Notice";
import { TextArea, TextField } from "@/ui/TextField";
import { toast } from "@/ui/Toast";
import { UnitPicker } from "@/ui/UnitPicker";

const FIELDS = ["name", "unit_id", "scopes", "expires_on", "allowed_ips"] as const;

interface Props {
  client: ApiClient | null;
  onClose: () => void;
  onDone: () => void;
  onCreated: (fresh: ApiClientSecret) => void;
}

/** 登记或修改外部系统。 */
export function ClientDialog({ client, onClose, onDone, onCreated }: Props) {
  const [form, setForm] = useState({
    name: client?.name ?? "",
    unit_id: client?.unit.id ?? null,
    scopes: new Set(client?.scopes),
    expires_on: client?.expires_on ?? null,
    ips: client?.allowed_ips.join("\n") ?? "",
    disabled: client?.disabled ?? false,
  });
  const [once] = useState(randomId);
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const set = (change: Partial<typeof form>) => setForm((now) => ({ ...now, ...change }));
  const { fields, first } = fieldErrors(error, FIELDS);
  const lacks = form.name.trim() === "" || form.unit_id === null || form.scopes.size === 0 || form.expires_on === null;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (lacks) return;
    setPending(true);
    setError(null);
    const shared = { name: form.name.trim(), scopes: [...form.scopes], expires_on: form.expires_on, allowed_ips: form.ips.split(/[\s,，、]+/).filter(Boolean) };
    try {
      if (client) {
        await api.patch<ApiClient>(`/api-clients/${client.id}`, { ...shared, disabled: form.disabled }, client.version);
        toast.ok(`已修改${shared.name}`);
      } else {
        onCreated(await api.post<ApiClientSecret>("/api-clients", { ...shared, unit_id: form.unit_id }, { once }));
      }
      onDone();
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };

  return (
    <Dialog
      title={client ? "修改外部系统" : "登记外部系统"}
      isOpen
      sticky
      wide
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button type="submit" form="client-form" variant="primary" pending={pending}>
            {client ? "保存" : "登记"}
          </Button>
        </>
      }
    >
      <form id="client-form" className="stack" noValidate onSubmit={(event) => void submit(event)}>
        <TextField label="名称" required maxLength={100} hint="如：市级政务公开平台" value={form.name} error={tried && form.name.trim() === "" ? "请填写名称" : fields["name"]} onChange={(name) => set({ name })} />
        {client ? (
          <p>单位：{client.unit.name}</p>
        ) : (
          <UnitPicker label="单位" required value={form.unit_id} error={tried && form.unit_id === null ? "请选择单位" : fields["unit_id"]} onChange={(unit_id) => set({ unit_id, scopes: new Set() })} />
        )}
        {form.unit_id !== null && <ScopesField unit={form.unit_id} scopes={form.scopes} error={tried && form.scopes.size === 0 ? "至少选一项" : fields["scopes"]} onChange={(scopes) => set({ scopes })} />}
        <DateField label="最后一天" required hint="至多一年；到期前换新的日子" value={form.expires_on} error={tried && form.expires_on === null ? "请填写日期" : fields["expires_on"]} onChange={(expires_on) => set({ expires_on })} />
        <TextArea label="容许的来源地址" rows={2} hint="一行一个地址或网段，如 10.1.2.0/24；空则不限" value={form.ips} error={fields["allowed_ips"]} onChange={(ips) => set({ ips })} />
        {client && (
          <Checkbox checked={form.disabled} onChange={(disabled) => set({ disabled })}>
            停用（令牌立即失效）
          </Checkbox>
        )}
        {error !== null && first === null && <Notice tone="error">{wordsOf(error)}</Notice>}
      </form>
    </Dialog>
  );
}

function ScopesField({ unit, scopes, error, onChange }: { unit: string; scopes: ReadonlySet<string>; error: string | undefined; onChange: (scopes: Set<string>) => void }) {
  const { data, error: failure } = useQuery({
    queryKey: ["api-clients", "scopes", unit],
    queryFn: ({ signal }) => api.get<ApiClientScope[]>("/api-clients/scopes", { unit_id: unit }, signal),
  });
  const toggle = (scope: string, on: boolean) => {
    const next = new Set(scopes);
    if (on) next.add(scope);
    else next.delete(scope);
    onChange(next);
  };
  return (
    <FieldGroup label="权限" required error={failure && !data ? wordsOf(failure) : error} hint="只授予用得着的">
      <div className="stack-tight">
        {(data ?? []).map((each) => (
          <Checkbox key={each.scope} checked={scopes.has(each.scope)} onChange={(on) => toggle(each.scope, on)}>
            {each.words}　<small className="muted">{each.scope}</small>
          </Checkbox>
        ))}
      </div>
    </FieldGroup>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";

import { api } from "@/api/client";
import { fieldErrors, wordsOf } from "@/api/problem";
import type { Role, User } from "@/api/types";
import { randomId } from "@/lib/id";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import { toast } from "@/ui/Toast";
import { UnitPicker } from "@/ui/UnitPicker";

import type { Fresh } from "./PasswordDialog";
import { ROLES } from "./search";

const FIELDS = ["username", "name", "role", "unit_id", "phone", "disabled"] as const;

/** 新增或修改用户。 */
export function UserDialog({ user, onClose, onCreated }: { user: User | null; onClose: () => void; onCreated: (fresh: Fresh) => void }) {
  const client = useQueryClient();
  const [form, setForm] = useState({
    username: user?.username ?? "",
    name: user?.name ?? "",
    role: (user?.role ?? "reporter") as Role,
    unit_id: user?.unit.id ?? null,
    phone: user?.phone ?? "",
    disabled: user?.disabled ?? false,
  });
  const [once] = useState(randomId);
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const set = (change: Partial<typeof form>) => setForm((now) => ({ ...now, ...change }));
  const { fields, first } = fieldErrors(error, FIELDS);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (form.username.trim() === "" || form.name.trim() === "" || form.unit_id === null) return;
    setPending(true);
    setError(null);
    const { username, disabled, ...rest } = form;
    const shared = { ...rest, phone: form.phone.trim() || null };
    try {
      if (user) {
        await api.patch<User>(`/users/${user.id}`, { ...shared, disabled }, user.version);
        toast.ok(`已修改${form.name}`);
      } else {
        const made = await api.post<{ user: User; one_time_password: string }>("/users", { ...shared, username: username.trim() }, { once });
        onCreated({ name: made.user.name, username: made.user.username, password: made.one_time_password });
      }
      await client.invalidateQueries({ queryKey: ["users"] });
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };

  return (
    <Dialog
      title={user ? "修改用户" : "新增用户"}
      isOpen
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button type="submit" form="user-form" variant="primary" pending={pending}>
            {user ? "保存" : "新增"}
          </Button>
        </>
      }
    >
      <form id="user-form" className="stack" noValidate onSubmit={(event) => void submit(event)}>
        <TextField label="姓名" required value={form.name} error={tried && form.name.trim() === "" ? "请输入姓名" : fields["name"]} onChange={(name) => set({ name })} />
        <TextField label="账号" hint="小写字母、数字、点、横线" required disabled={user !== null} autoCapitalize="none" value={form.username} error={tried && form.username.trim() === "" ? "请输入账号" : fields["username"]} onChange={(username) => set({ username })} />
        <Select label="角色" required value={form.role} options={ROLES} error={fields["role"]} onChange={(role) => role && set({ role })} />
        <UnitPicker label="单位" required value={form.unit_id} error={tried && form.unit_id === null ? "请选择单位" : fields["unit_id"]} onChange={(unit_id) => set({ unit_id })} />
        <TextField label="电话" type="tel" value={form.phone} error={fields["phone"]} onChange={(phone) => set({ phone })} />
        {user && (
          <Checkbox checked={form.disabled} onChange={(disabled) => set({ disabled })}>
            停用（立即退出，不能再登录）
          </Checkbox>
        )}
        {error !== null && first === null && <Notice tone="error">{wordsOf(error)}</Notice>}
      </form>
    </Dialog>
  );
}

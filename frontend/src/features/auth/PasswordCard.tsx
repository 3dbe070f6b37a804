import { useRouter } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";

import { api } from "@/api/client";
import { fieldErrors, wordsOf } from "@/api/problem";
import { session, useMe } from "@/app/session";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { Card } from "@/ui/Page";
import { TextField } from "@/ui/TextField";
import { toast } from "@/ui/Toast";

import { passwordFaults } from "./passwords";

/** 修改口令。 */
export function PasswordCard() {
  const me = useMe();
  const router = useRouter();
  const [current, setCurrent] = useState("");
  const [fresh, setFresh] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const refused = fieldErrors(error, ["current_password", "new_password"]);
  const found = passwordFaults(fresh, me.username, me.password_rule);
  const faults = {
    current: tried && current === "" ? "请输入现在的口令" : refused.fields["current_password"],
    fresh: tried ? (found[0] ?? refused.fields["new_password"]) : undefined,
    again: tried && again !== fresh ? "两次输入的新口令不同" : undefined,
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setError(null);
    if (pending || current === "" || found.length > 0 || again !== fresh) return;
    setPending(true);
    try {
      await api.post<void>("/auth/password", { current_password: current, new_password: fresh });
      await session.reload();
      toast.ok("口令已修改，其他设备上的登录已退出");
      await router.navigate({ to: "/" });
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };

  return (
    <Card title="修改口令" className="account">
      <form className="stack" noValidate onSubmit={(event) => void submit(event)}>
        <input className="visually-hidden" type="text" autoComplete="username" value={me.username} readOnly tabIndex={-1} aria-hidden />
        <TextField label="现在的口令" type="password" autoComplete="current-password" required value={current} onChange={setCurrent} error={faults.current} />
        <TextField label="新口令" type="password" autoComplete="new-password" required hint={me.password_rule.words} value={fresh} onChange={setFresh} error={faults.fresh} />
        <TextField label="再输一次新口令" type="password" autoComplete="new-password" required value={again} onChange={setAgain} error={faults.again} />
        {error !== null && refused.first === null && <Notice tone="error">{wordsOf(error)}</Notice>}
        <div className="row">
          <Button type="submit" variant="primary" pending={pending}>
            修改口令
          </Button>
        </div>
      </form>
    </Card>
  );
}

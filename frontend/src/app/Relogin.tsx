import { useState, type FormEvent } from "react";

import { queryClient } from "@/api/query";
import { wordsOf } from "@/api/problem";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { TextField } from "@/ui/TextField";

import { session, useExpired, useMe } from "./session";

/** 登录中途失效：不离开正在写的页面，就地重新登录。 */
export function Relogin() {
  const me = useMe();
  const expired = useExpired();
  const [password, setPassword] = useState("");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      await session.login(me.username, password);
      setPassword("");
      await queryClient.invalidateQueries();
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog title="登录已失效" isOpen={expired} sticky onClose={() => void session.logout()}>
      <p>您写的内容还在。请用账号 {me.username} 重新登录后继续。</p>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        {/* 让浏览器的密码管理认得是哪个账号 */}
        <input className="visually-hidden" type="text" name="username" autoComplete="username" value={me.username} readOnly tabIndex={-1} aria-hidden />
        <TextField label="口令" type="password" autoComplete="current-password" required value={password} onChange={setPassword} />
        {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
        <Button type="submit" variant="primary" pending={pending}>
          重新登录
        </Button>
      </form>
    </Dialog>
  );
}

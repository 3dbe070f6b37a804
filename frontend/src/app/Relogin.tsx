import { useState, type FormEvent } from "react";

import { queryClient } from "@/api/query";
import { isProblem, wordsOf } from "@/api/problem";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { OtpField, TextField } from "@/ui/TextField";

import { session, useExpired, useMe } from "./session";

/** 一出现就接着输。 */
function focused(input: HTMLInputElement | null): void {
  input?.focus();
}

/** 登录中途失效：不离开正在写的页面，就地重新登录。 */
export function Relogin() {
  const me = useMe();
  const expired = useExpired();
  const [password, setPassword] = useState("");
  const [otp, setOtp] = useState("");
  const [asked, setAsked] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      await session.login(me.username, password, asked ? otp : undefined);
      setPassword("");
      setOtp("");
      setAsked(false);
      await queryClient.invalidateQueries();
    } catch (failure) {
      if (isProblem(failure, "otp-required") && !asked) setAsked(true);
      else setError(failure);
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
        {asked && <OtpField label="动态口令或恢复码" required value={otp} onChange={setOtp} inputRef={focused} />}
        {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
        <Button type="submit" variant="primary" pending={pending}>
          重新登录
        </Button>
      </form>
    </Dialog>
  );
}

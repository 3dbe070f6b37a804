import { useRouter, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState, type FormEvent } from "react";

import { isProblem, wordsOf } from "@/api/problem";
import { SizeSwitch, ThemeSwitch } from "@/app/Preferences";
import { Seal } from "@/app/Seal";
import { session } from "@/app/session";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { OtpField, TextField } from "@/ui/TextField";

import "@/app/shell.css";
import "./auth.css";

interface Missing {
  username?: string;
  password?: string;
  otp?: string;
}

/** 登录。 */
export function LoginPage() {
  const router = useRouter();
  const { next } = useSearch({ from: "/login" });
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [otp, setOtp] = useState("");
  /** 口令已对，还要动态口令。 */
  const [asked, setAsked] = useState(false);
  const [missing, setMissing] = useState<Missing>({});
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const name = useRef<HTMLInputElement>(null);
  const secret = useRef<HTMLInputElement>(null);
  const code = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = "登录 · 政务公开台账";
    name.current?.focus();
  }, []);

  useEffect(() => {
    if (asked) code.current?.focus();
  }, [asked]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    const lack: Missing = {};
    if (username.trim() === "") lack.username = "请输入账号";
    if (password === "") lack.password = "请输入口令";
    if (asked && otp.trim() === "") lack.otp = "请输入动态口令";
    setMissing(lack);
    setError(null);
    if (lack.username || lack.password) {
      (lack.username ? name : secret).current?.focus();
      return;
    }
    if (lack.otp) {
      code.current?.focus();
      return;
    }
    setPending(true);
    try {
      await session.login(username.trim(), password, asked ? otp : undefined);
      router.history.push(next ?? "/");
    } catch (failure) {
      if (isProblem(failure, "otp-required") && !asked) {
        setAsked(true);
        return;
      }
      setError(failure);
      setOtp("");
      if (asked) code.current?.focus();
      else if (isProblem(failure)) {
        setPassword("");
        secret.current?.focus();
      }
    } finally {
      setPending(false);
    }
  };

  return (
    <div className="gate">
      <main className="gate-card">
        <header className="gate-head">
          <Seal large />
          <div>
            <h1>政务公开台账</h1>
            <p className="muted">年度任务 · 进展填报 · 审核 · 年度报告</p>
          </div>
        </header>
        <form className="stack" noValidate onSubmit={(event) => void submit(event)}>
          <TextField label="账号" name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required value={username} onChange={setUsername} error={missing.username} inputRef={name} />
          <TextField label="口令" name="password" type="password" autoComplete="current-password" required value={password} onChange={setPassword} error={missing.password} inputRef={secret} />
          {asked && <OtpField label="动态口令" name="otp" hint="验证器上的六位数；手机不在手边可用恢复码" required value={otp} onChange={setOtp} error={missing.otp} inputRef={code} />}
          {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
          <Button type="submit" variant="primary" pending={pending}>
            {pending ? "正在登录…" : "登录"}
          </Button>
        </form>
        <p className="muted small">忘记口令请联系本单位信息员或区政务公开科，由系统管理员重置。</p>
      </main>
      <footer className="gate-foot row">
        <SizeSwitch />
        <ThemeSwitch />
      </footer>
    </div>
  );
}

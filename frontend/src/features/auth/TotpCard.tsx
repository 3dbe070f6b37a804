import { useState, type FormEvent } from "react";

import { api } from "@/api/client";
import { wordsOf } from "@/api/problem";
import { refreshOnce } from "@/api/token";
import type { RecoveryCodes, TotpSecret } from "@/api/types";
import { session, useMe } from "@/app/session";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Card } from "@/ui/Page";
import { Tag } from "@/ui/Tag";
import { OtpField, TextField } from "@/ui/TextField";
import { toast } from "@/ui/Toast";

type Step = "closed" | "password" | "scan" | "codes" | "off";

/** 动态口令：启用、停用。 */
export function TotpCard() {
  const me = useMe();
  const [step, setStep] = useState<Step>("closed");
  return (
    <Card
      title="动态口令"
      className="account"
      actions={me.totp_enabled ? <Tag tone="bamboo" shape="●">已启用</Tag> : <Tag shape="◇">未启用</Tag>}
    >
      <p className="muted">登录时除口令外，再输一次手机验证器上的六位数；支持 TOTP 的验证器都可以。</p>
      <div className="row">
        {!me.totp_enabled && (
          <Button variant="primary" onClick={() => setStep("password")}>
            启用动态口令
          </Button>
        )}
        {me.totp_enabled && !me.totp_required && <Button onClick={() => setStep("off")}>停用动态口令</Button>}
        {me.totp_enabled && me.totp_required && <span className="muted small">您的角色必须使用；换手机请联系系统管理员。</span>}
      </div>
      {step === "off" && <DisableDialog onClose={() => setStep("closed")} />}
      {step !== "closed" && step !== "off" && <EnrolDialog onClose={() => setStep("closed")} />}
    </Card>
  );
}

function EnrolDialog({ onClose }: { onClose: () => void }) {
  const [password, setPassword] = useState("");
  const [otp, setOtp] = useState("");
  const [secret, setSecret] = useState<TotpSecret | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const act = useAct();
  const begin = () => act.run(async () => setSecret(await api.post<TotpSecret>("/auth/totp", { current_password: password })));
  const confirm = () =>
    act.run(async () => {
      const made = await api.post<RecoveryCodes>("/auth/totp/confirm", { otp: otp.replace(/\s/g, "") });
      setCodes(made.recovery_codes);
      await refreshOnce();
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void (secret === null ? begin() : confirm());
  };
  if (codes !== null) return <CodesDialog codes={codes} onClose={onClose} />;
  return (
    <Dialog title="启用动态口令" isOpen sticky onClose={onClose}>
      <form className="stack" noValidate onSubmit={submit}>
        {secret === null ? (
          <TextField label="现在的口令" type="password" autoComplete="current-password" required value={password} onChange={setPassword} />
        ) : (
          <>
            <p>用验证器扫这个二维码，或手工输入下面的密钥。</p>
            <img className="totp-qr" src={secret.qr} alt="二维码：动态口令的密钥，与下面的文字相同" />
            <output className="one-time" aria-label="密钥">
              {secret.secret}
            </output>
            <OtpField label="验证器上的六位数" required value={otp} onChange={setOtp} />
          </>
        )}
        {act.error !== null && <Notice tone="error">{wordsOf(act.error)}</Notice>}
        <div className="row">
          <Button type="submit" variant="primary" pending={act.pending}>
            {secret === null ? "下一步" : "启用"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function CodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <Dialog
      title="恢复码"
      isOpen
      sticky
      onClose={onClose}
      footer={
        <Button variant="primary" onClick={onClose}>
          已抄下
        </Button>
      }
    >
      <Notice tone="warn">只显示这一次。手机不在手边时，一个恢复码可以代替一次动态口令，用过作废。请抄下或打印，与手机分开放。</Notice>
      <ol className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

function DisableDialog({ onClose }: { onClose: () => void }) {
  const [otp, setOtp] = useState("");
  const act = useAct();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act.run(async () => {
      await api.post<void>("/auth/totp/disable", { otp: otp.trim() });
      await session.reload();
      toast.ok("动态口令已停用");
      onClose();
    });
  };
  return (
    <Dialog title="停用动态口令" isOpen sticky onClose={onClose}>
      <form className="stack" noValidate onSubmit={submit}>
        <OtpField label="动态口令或恢复码" required value={otp} onChange={setOtp} />
        {act.error !== null && <Notice tone="error">{wordsOf(act.error)}</Notice>}
        <div className="row">
          <Button type="submit" variant="danger-fill" pending={act.pending}>
            停用
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function useAct() {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (action: () => Promise<void>) => {
    setPending(true);
    setError(null);
    try {
      await action();
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return { run, pending, error };
}

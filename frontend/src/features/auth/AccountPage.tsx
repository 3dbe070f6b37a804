import { useRouter } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";

import { api } from "@/api/client";
import { fieldErrors, wordsOf } from "@/api/problem";
import { session, useMe } from "@/app/session";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { Card, PageHeader } from "@/ui/Page";
import { TextField } from "@/ui/TextField";
import { toast } from "@/ui/Toast";

import { passwordFaults } from "./passwords";
import "./auth.css";

/** 修改口令；首次登录必须先改。 */
export function AccountPage() {
  const me = useMe();
  const router = useRouter();
  const [current, setCurrent] = useState("");
  const [fresh, setFresh] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const refused = fieldErrors(error, ["current_password", "new_password"]);
  const faults = {
    current: tried && current === "" ? "请输入现在的口令" : refused.fields["current_password"],
    fresh: tried ? (passwordFaults(fresh, me.username)[0] ?? refused.fields["new_password"]) : undefined,
    again: tried && again !== fresh ? "两次输入的新口令不同" : undefined,
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setError(null);
    if (pending || current === "" || passwordFaults(fresh, me.username).length > 0 || again !== fresh) return;
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
    <>
      <PageHeader title="修改口令" lead={`${me.name}　账号 ${me.username}`} />
      {me.must_change_password && (
        <Notice tone="warn" title="请先修改口令">
          您现在用的是一次性口令，修改后才能继续。
        </Notice>
      )}
      <Card className="account">
        <form className="stack" noValidate onSubmit={(event) => void submit(event)}>
          <input className="visually-hidden" type="text" autoComplete="username" value={me.username} readOnly tabIndex={-1} aria-hidden />
          <TextField label="现在的口令" type="password" autoComplete="current-password" required value={current} onChange={setCurrent} error={faults.current} />
          <TextField label="新口令" type="password" autoComplete="new-password" required hint="至少 12 个字符，大写、小写、数字、符号中有三种；不得与最近 5 次相同" value={fresh} onChange={setFresh} error={faults.fresh} />
          <TextField label="再输一次新口令" type="password" autoComplete="new-password" required value={again} onChange={setAgain} error={faults.again} />
          {error !== null && refused.first === null && <Notice tone="error">{wordsOf(error)}</Notice>}
          <div className="row">
            <Button type="submit" variant="primary" pending={pending}>
              修改口令
            </Button>
          </div>
        </form>
      </Card>
    </>
  );
}

import { useMe } from "@/app/session";
import { showDate } from "@/lib/dates";
import { Notice } from "@/ui/Notice";
import { PageHeader } from "@/ui/Page";

import { PasswordCard } from "./PasswordCard";
import { SessionsCard } from "./SessionsCard";
import { TotpCard } from "./TotpCard";
import "./auth.css";

const WARNING_DAYS = 14;

/** 我的账号：口令、动态口令、登录在哪些地方；首次登录必须先改口令，须用动态口令的先启用。 */
export function AccountPage() {
  const me = useMe();
  const mustEnrol = me.totp_required && !me.totp_enabled;
  const expires = me.password_expires_on;
  const soon = expires !== null && Date.parse(expires) - Date.now() < WARNING_DAYS * 86_400_000;
  return (
    <>
      <PageHeader title="我的账号" lead={`${me.name}　账号 ${me.username}`} />
      {me.must_change_password && (
        <Notice tone="warn" title="请先修改口令">
          您现在用的是一次性口令或口令已到期，修改后才能继续。
        </Notice>
      )}
      {!me.must_change_password && mustEnrol && (
        <Notice tone="warn" title="请先启用动态口令">
          您的角色登录时须有第二重验证，启用后才能继续。
        </Notice>
      )}
      {!me.must_change_password && soon && (
        <Notice tone="warn" title="口令快到期了">
          {showDate(expires)}到期，请在此之前修改。
        </Notice>
      )}
      <div className="stack">
        <PasswordCard />
        {!me.must_change_password && <TotpCard />}
        {!me.must_change_password && !mustEnrol && <SessionsCard />}
      </div>
    </>
  );
}

import { Copy } from "lucide-react";
import { useState } from "react";

import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";

export interface Fresh {
  name: string;
  username: string;
  password: string;
}

/** 一次性口令只在这里显示一次。 */
export function PasswordDialog({ fresh, onClose }: { fresh: Fresh; onClose: () => void }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(fresh.password);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <Dialog
      title="一次性口令"
      isOpen
      sticky
      onClose={onClose}
      footer={
        <Button variant="primary" onClick={onClose}>
          已抄下
        </Button>
      }
    >
      <Notice tone="warn">只显示这一次，关掉就看不到了。72 小时内有效，首次登录须改。</Notice>
      <p>
        {fresh.name}（账号 {fresh.username}）
      </p>
      <p className="row">
        <output className="one-time" aria-label="一次性口令">
          {fresh.password}
        </output>
        <Button icon={Copy} onClick={() => void copy()}>
          {copied ? "已复制" : "复制"}
        </Button>
      </p>
    </Dialog>
  );
}

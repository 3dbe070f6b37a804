import type { ApiClientSecret } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";

/** 外部系统的密钥只在这里显示一次。 */
export function SecretDialog({ fresh, onClose }: { fresh: ApiClientSecret; onClose: () => void }) {
  return (
    <Dialog
      title={`${fresh.client.name}的密钥`}
      isOpen
      sticky
      wide
      onClose={onClose}
      footer={
        <Button variant="primary" onClick={onClose}>
          已抄下
        </Button>
      }
    >
      <Notice tone="warn">只显示这一次，关掉就看不到了。请经安全的途径交给对方，不要发在群里或邮件里。</Notice>
      <Shown label="client_id" value={fresh.client.id} />
      <Shown label="client_secret" value={fresh.client_secret ?? "已经显示过，请换密钥"} />
    </Dialog>
  );
}

function Shown({ label, value }: { label: string; value: string }) {
  return (
    <div className="stack-tight">
      <span className="muted">{label}</span>
      <output className="one-time" aria-label={label}>
        {value}
      </output>
    </div>
  );
}

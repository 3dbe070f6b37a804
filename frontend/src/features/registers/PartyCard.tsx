import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";

import { api } from "@/api/client";
import { wordsOf } from "@/api/problem";
import type { Entry, PartyMasked, PartyOpen, Register } from "@/api/types";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { Card } from "@/ui/Page";

const LABELS: readonly (readonly [Exclude<keyof PartyMasked, "kind" | "kind_words">, string])[] = [
  ["name", "姓名、名称"],
  ["id_number", "证件号"],
  ["phone", "电话"],
  ["email", "邮箱"],
  ["address", "地址"],
];

/** 申请人：先是遮掩的；承办单位点开才看原文，看一次记一次，离开即忘。 */
export function PartyCard({ register, entry }: { register: Register; entry: Entry }) {
  const [open, setOpen] = useState<PartyOpen | null>(null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const party = open ?? entry.party_masked;
  if (!party) return null;
  const reveal = async () => {
    setPending(true);
    setError(null);
    try {
      setOpen(await api.get<PartyOpen>(`/registers/${register.slug}/entries/${entry.id}/party`));
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <Card
      title="申请人"
      actions={
        open ? (
          <Button small icon={EyeOff} onClick={() => setOpen(null)}>
            遮起来
          </Button>
        ) : (
          entry.actions.includes("reveal") && (
            <Button small icon={Eye} pending={pending} onClick={() => void reveal()}>
              查看原文
            </Button>
          )
        )
      }
    >
      <dl className="register-facts">
        <div>
          <dt>类型</dt>
          <dd>{party.kind_words}</dd>
        </div>
        {LABELS.filter(([name]) => party[name]).map(([name, label]) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{party[name]}</dd>
          </div>
        ))}
      </dl>
      <p className="muted small">{open ? "这次查看已记入审计日志。" : entry.actions.includes("reveal") ? "每次查看原文都会记入审计日志。" : "只有承办单位可以查看原文。"}</p>
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Card>
  );
}

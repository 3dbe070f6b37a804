import type { PartyKind } from "@/api/types";
import { Card } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";

export interface PartyDraft {
  kind: PartyKind | "";
  name: string;
  id_number: string;
  phone: string;
  address: string;
  email: string;
}

export const blankParty: PartyDraft = { kind: "", name: "", id_number: "", phone: "", address: "", email: "" };

export function isBlank(draft: PartyDraft): boolean {
  return Object.values(draft).every((text) => text.trim() === "");
}

/** 空着的送空。 */
export function partyBody(draft: PartyDraft): Record<string, string | null> {
  return Object.fromEntries(Object.entries(draft).map(([name, text]) => [name, text.trim() || null]));
}

const KINDS: readonly { id: PartyKind; label: string }[] = [
  { id: "natural", label: "自然人" },
  { id: "business", label: "商业企业" },
  { id: "research", label: "科研机构" },
  { id: "charity", label: "社会公益组织" },
  { id: "legal", label: "法律服务机构" },
  { id: "other", label: "其他组织" },
];

/** 申请人：类型就是年度报告表三的一列；个人信息加密保存。 */
export function PartyFields({ draft, errors, onChange }: { draft: PartyDraft; errors: Record<string, string | undefined>; onChange: (draft: PartyDraft) => void }) {
  const text = (name: Exclude<keyof PartyDraft, "kind">, label: string, rest: { required?: boolean; inputMode?: "tel" | "email"; hint?: string } = {}) => (
    <TextField label={label} autoComplete="off" {...rest} value={draft[name]} error={errors[`party.${name}`]} onChange={(value) => onChange({ ...draft, [name]: value })} />
  );
  return (
    <Card title="申请人">
      <p className="muted small">加密保存，清单和导出里只显示遮掩后的样子；只有本单位可以查看原文，每次查看都有记录。</p>
      <div className="register-grid">
        <Select label="申请人类型" hint="按申请人本人，不按代理人" required empty="请选择" value={draft.kind} options={KINDS} error={errors["party.kind"] ?? errors["party"]} onChange={(kind) => onChange({ ...draft, kind })} />
        {text("name", "姓名或者名称", { required: true })}
        {text("id_number", "证件号、统一社会信用代码")}
        {text("phone", "联系电话", { inputMode: "tel" })}
        {text("email", "电子邮箱", { inputMode: "email" })}
        {text("address", "通信地址")}
      </div>
    </Card>
  );
}

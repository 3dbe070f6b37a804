import type { DutyKind } from "@/api/types";

export const DUTY_KINDS: readonly { id: DutyKind; label: string }[] = [
  { id: "date", label: "限期完成" },
  { id: "event", label: "事后限时" },
  { id: "ratio", label: "比例要求" },
  { id: "count", label: "次数要求" },
  { id: "period", label: "定期开展" },
  { id: "setup", label: "建章立制" },
  { id: "continuous", label: "持续推进" },
  { id: "conditional", label: "涉及才做" },
  { id: "ban", label: "禁止事项" },
];

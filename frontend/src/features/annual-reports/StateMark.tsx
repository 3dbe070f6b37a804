import type { ReportState } from "@/api/types";
import { Tag, type TagTone } from "@/ui/Tag";

const LOOKS: Record<ReportState, { tone: TagTone; shape: string }> = {
  draft: { tone: "violet", shape: "○" },
  submitted: { tone: "ochre", shape: "◔" },
  signed: { tone: "blue", shape: "◑" },
  accepted: { tone: "bamboo", shape: "●" },
  published: { tone: "bamboo", shape: "★" },
  returned: { tone: "seal", shape: "◇" },
};

/** 一份年度报告走到哪一步；还没有编制的为 null。 */
export function StateMark({ state, words }: { state: ReportState | null; words: string }) {
  const look = state ? LOOKS[state] : { tone: "ink" as const, shape: "－" };
  return (
    <Tag tone={look.tone} shape={look.shape}>
      {words}
    </Tag>
  );
}

/** 逾期的话：只要晚过就一直在。 */
export function LateMark({ days }: { days?: number | undefined }) {
  return (
    <Tag tone="seal" shape="◆">
      逾期{days ? ` ${days} 天` : ""}
    </Tag>
  );
}

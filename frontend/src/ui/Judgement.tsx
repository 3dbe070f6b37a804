import { Link } from "@tanstack/react-router";

import type { Judgement, VerdictName } from "@/api/types";
import { showDate } from "@/lib/dates";

import { Tag, type TagTone } from "./Tag";

export const VERDICTS: Record<VerdictName, { tone: TagTone; shape: string; words: string }> = {
  met: { tone: "bamboo", shape: "●", words: "达到" },
  not_met: { tone: "seal", shape: "◆", words: "未达到" },
  pending: { tone: "ochre", shape: "◐", words: "未到时限" },
  not_applicable: { tone: "ink", shape: "－", words: "不适用" },
  not_kept: { tone: "ink", shape: "○", words: "没有登记" },
};

/** 一项指标、一条要求判定得怎样。 */
export function VerdictTag({ verdict }: { verdict: VerdictName }) {
  const look = VERDICTS[verdict];
  return (
    <Tag tone={look.tone} shape={look.shape}>
      {look.words}
    </Tag>
  );
}

/** 专项台账对一条要求的判定：算数的在前，改判的写明谁、为何。 */
export function JudgementLine({ judgement, unit, year }: { judgement: Judgement; unit?: string | undefined; year?: number | undefined }) {
  const { overruled } = judgement;
  return (
    <p className="row small">
      <VerdictTag verdict={judgement.effective} />
      {overruled ? (
        <span>
          {overruled.by}改判：{overruled.reason}
          <span className="muted">
            （台账算得{judgement.verdict_words}，{judgement.words}）
          </span>
        </span>
      ) : (
        <span>
          {judgement.words}
          {judgement.done_on && judgement.effective === "met" && <span className="muted">，{showDate(judgement.done_on)}达到</span>}
        </span>
      )}
      <Link to="/indicators/$key" params={{ key: judgement.indicator_key }} search={{ ...(year ? { year } : {}), ...(unit ? { unit } : {}) }}>
        {judgement.indicator_name}
      </Link>
    </p>
  );
}

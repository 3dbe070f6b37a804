import type { Step } from "@/api/types";
import type { TimelineItem } from "@/ui/Timeline";

const TONES: Record<string, TimelineItem["tone"]> = { submit: "blue", sign: "blue", accept: "bamboo", return: "seal", reopen: "seal", withdraw: "ochre" };

/** 办理经过，写成时间线的项。 */
export function stepItems(steps: readonly Step[]): TimelineItem[] {
  return steps.map((step, index) => ({
    id: `${step.at}-${index}`,
    title: step.revision > 1 ? `${step.action_words}（第 ${step.revision} 版）` : step.action_words,
    at: step.at,
    who: `${step.unit_name} ${step.actor_name}`,
    text: step.reason,
    tone: TONES[step.action],
  }));
}

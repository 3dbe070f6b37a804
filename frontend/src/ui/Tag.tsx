import type { ReactNode } from "react";

import type { ClaimOutcome, LightName, SubmissionState } from "@/api/types";

import { cx } from "./cx";
import "./tag.css";

export type TagTone = "ink" | "blue" | "seal" | "bamboo" | "ochre" | "violet";

/** 一枚小签：形（可选）加字。 */
export function Tag({ tone = "ink", shape, children, className }: { tone?: TagTone; shape?: string; children: ReactNode; className?: string }) {
  return (
    <span className={cx("tag", `tag-${tone}`, className)}>
      {shape && (
        <span className="tag-shape" aria-hidden>
          {shape}
        </span>
      )}
      {children}
    </span>
  );
}

const SUBMISSION: Record<SubmissionState, { tone: TagTone; shape: string; words: string }> = {
  draft: { tone: "violet", shape: "○", words: "草稿" },
  submitted: { tone: "ochre", shape: "◔", words: "待签发" },
  signed: { tone: "blue", shape: "◑", words: "待审核" },
  accepted: { tone: "bamboo", shape: "●", words: "已通过" },
  returned: { tone: "seal", shape: "◇", words: "已退回" },
};

/** 一期填报走到哪一步。 */
export function StateTag({ state, words }: { state: SubmissionState; words?: string | undefined }) {
  const look = SUBMISSION[state];
  return (
    <Tag tone={look.tone} shape={look.shape}>
      {words ?? look.words}
    </Tag>
  );
}

export const LIGHTS: Record<LightName, { name: string; tone: TagTone; meaning: string }> = {
  red: { name: "红灯", tone: "seal", meaning: "逾期" },
  yellow: { name: "黄灯", tone: "ochre", meaning: "临期或办结偏晚" },
  green: { name: "绿灯", tone: "bamboo", meaning: "按期" },
  blue: { name: "蓝灯", tone: "blue", meaning: "长期推进" },
};

/** 灯的形：红菱、黄三角、绿圆带勾、蓝双横。四形四色，去了颜色也分得清。 */
export function LightShape({ light }: { light: LightName }) {
  return (
    <svg className={cx("light-shape", `light-${light}`)} viewBox="0 0 16 16" width="1.1em" height="1.1em" aria-hidden>
      {light === "red" && <path d="M8 0.800 15.200 8 8 15.200 0.800 8Z" />}
      {light === "yellow" && <path d="M8 1.200 15.500 14.500H0.500Z" />}
      {light === "green" && (
        <>
          <circle cx="8" cy="8" r="7.200" />
          <path className="light-cut" d="M4.500 8.200 7 10.700 11.600 5.700" />
        </>
      )}
      {light === "blue" && (
        <>
          <rect x="0.900" y="0.900" width="14.200" height="14.200" rx="2.500" />
          <path className="light-cut" d="M4 6H12M4 10H12" />
        </>
      )}
    </svg>
  );
}

/** 灯：形加字，从不只靠颜色。`words` 说明为什么。 */
export function Light({ light, words, short }: { light: LightName; words?: string | undefined; short?: boolean | undefined }) {
  const look = LIGHTS[light];
  return (
    <span className={cx("light", `tag-text-${look.tone}`)}>
      <LightShape light={light} />
      {short ? (
        <span className="visually-hidden">{`${look.name}${words ? `：${words}` : ""}`}</span>
      ) : (
        <span>
          <span className="visually-hidden">{look.name}：</span>
          {words ?? look.meaning}
        </span>
      )}
    </span>
  );
}

const CLAIMS: Record<ClaimOutcome, { tone: TagTone; shape: string; words: string }> = {
  met: { tone: "bamboo", shape: "●", words: "已完成" },
  partly: { tone: "ochre", shape: "◐", words: "部分完成" },
  not_met: { tone: "seal", shape: "○", words: "未完成" },
  ongoing: { tone: "blue", shape: "▷", words: "持续推进" },
  not_applicable: { tone: "ink", shape: "－", words: "不涉及" },
};

/** 一条要求申报得怎样。 */
export function ClaimTag({ outcome }: { outcome: ClaimOutcome }) {
  const look = CLAIMS[outcome];
  return (
    <Tag tone={look.tone} shape={look.shape}>
      {look.words}
    </Tag>
  );
}

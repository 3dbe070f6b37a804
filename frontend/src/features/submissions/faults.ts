import { fieldErrors } from "@/api/problem";
import type { Submission } from "@/api/types";

import type { Draft } from "./draft";

export interface Faults {
  texts: Record<string, string>;
  /** 要求编号 → 字段 → 话。 */
  claims: Record<string, Record<string, string>>;
  answers: Record<string, string>;
  count: number;
}

/** 服务器按次序指的第几条，换成要求与要点的编号。 */
export function faultsOf(error: unknown, server: Submission): Faults {
  const known = [
    "progress",
    "measures",
    "problems",
    "next_steps",
    ...server.claims.flatMap((_, index) => ["value", "done_on", "note", "difference_reason", "outcome"].map((field) => `claims.${index}.${field}`)),
    ...server.claims.map((_, index) => `claims.${index}`),
    ...server.points.map((_, index) => `points.${index}`),
  ];
  const { fields } = fieldErrors(error, known);
  const faults: Faults = { texts: {}, claims: {}, answers: {}, count: Object.keys(fields).length };
  for (const [path, words] of Object.entries(fields)) {
    const [part, index, field] = path.split(".");
    const claim = part === "claims" ? server.claims[Number(index)] : undefined;
    const point = part === "points" ? server.points[Number(index)] : undefined;
    if (claim) (faults.claims[claim.duty_id] ??= {})[field ?? "outcome"] = words;
    else if (point) faults.answers[point.id] = words;
    else if (part) faults.texts[part] = words;
  }
  return faults;
}

/** 被指出之后又改过的，不再标红。 */
export function stillWrong(faults: Faults, then: Draft, now: Draft): Faults {
  const keep = <T>(marks: Record<string, T>, part: "texts" | "claims" | "answers") =>
    Object.fromEntries(Object.entries(marks).filter(([id]) => (then[part] as Record<string, unknown>)[id] === (now[part] as Record<string, unknown>)[id]));
  const left = { texts: keep(faults.texts, "texts"), claims: keep(faults.claims, "claims"), answers: keep(faults.answers, "answers") };
  return { ...left, count: Object.keys(left.texts).length + Object.keys(left.answers).length + Object.values(left.claims).reduce((sum, fields) => sum + Object.keys(fields).length, 0) };
}

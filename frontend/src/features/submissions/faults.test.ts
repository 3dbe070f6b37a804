import { describe, expect, it } from "vitest";

import { ApiProblem } from "@/api/problem";
import type { Submission } from "@/api/types";

import type { Draft } from "./draft";
import { faultsOf, stillWrong } from "./faults";

const server = { claims: [{ duty_id: "d7" }, { duty_id: "d9" }], points: [{ id: "p1" }] } as Submission;

describe("提交被拒，指到页面上的那一处", () => {
  it("第几条申报换成那条要求，第几条要点换成那条要点", () => {
    const error = new ApiProblem({
      code: "invalid",
      title: "还不能提交",
      status: 422,
      detail: "x",
      errors: [
        { pointer: "#/progress", code: "progress-empty", detail: "请填写进展情况" },
        { pointer: "#/claims/1/done_on", code: "done-on-future", detail: "完成日期还没有到" },
        { pointer: "#/points/0/answer", code: "point-unanswered", detail: "这条退回要点还没有答复" },
      ],
    });
    expect(faultsOf(error, server)).toEqual({
      texts: { progress: "请填写进展情况" },
      claims: { d9: { done_on: "完成日期还没有到" } },
      answers: { p1: "这条退回要点还没有答复" },
      count: 3,
    });
  });
});

it("改过的那处不再标红，没改的还标着", () => {
  const then = { texts: { progress: "", measures: "" }, claims: {}, evidence: {}, answers: { p1: "" } } as unknown as Draft;
  const now = { ...then, texts: { ...then.texts, progress: "写了" } } as Draft;
  const faults = { texts: { progress: "请填写进展情况" }, claims: {}, answers: { p1: "还没有答复" }, count: 2 };
  expect(stillWrong(faults, then, now)).toEqual({ texts: {}, claims: {}, answers: { p1: "还没有答复" }, count: 1 });
});

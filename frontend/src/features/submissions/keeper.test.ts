import { beforeEach, describe, expect, it, vi } from "vitest";

import { ApiProblem, NetworkFailure } from "@/api/problem";
import type { Submission } from "@/api/types";
import { recall } from "@/lib/stash";

import { adopt, draftOf, mergeDrafts, patchOf, type Draft, type DraftPatch } from "./draft";
import { Keeper } from "./keeper";

function submission(change: Partial<Submission> = {}): Submission {
  return {
    id: "s1",
    version: 3,
    progress: "已发布 2 条",
    measures: "",
    problems: "",
    next_steps: "",
    claims: [{ duty_id: "d1", outcome: "ongoing", value: null, done_on: null, note: null }],
    evidence: [],
    points: [],
    actions: ["edit", "submit"],
    ...change,
  } as Submission;
}

const write = (text: string) => (draft: ReturnType<typeof draftOf>) => ({ ...draft, texts: { ...draft.texts, progress: text } });

function stale(current: Submission): ApiProblem {
  return new ApiProblem({ code: "version-conflict", title: "x", detail: "x", status: 412, current });
}

describe("只送改了的", () => {
  it("没改是 null，改了只带那一项", () => {
    const base = draftOf(submission());
    expect(patchOf(base, draftOf(submission()))).toBeNull();
    expect(patchOf(base, write("已发布 3 条")(base))).toEqual({ progress: "已发布 3 条" });
  });

  it("空答复不送", () => {
    const base = { ...draftOf(submission()), answers: { p1: "", p2: "" } };
    expect(patchOf(base, { ...base, answers: { p1: "已补", p2: "  " } })).toEqual({ answers: [{ point_id: "p1", answer: "已补" }] });
  });
});

describe("三方合并", () => {
  const base = draftOf(submission());
  const words = () => "9月底前完成";

  it("各改各的，都留下", () => {
    const mine = write("我改了进展")(base);
    const theirs = { ...base, texts: { ...base.texts, measures: "他加了措施" } };
    const { draft, clashes } = mergeDrafts(base, mine, theirs, words);
    expect(clashes).toEqual([]);
    expect(draft.texts).toMatchObject({ progress: "我改了进展", measures: "他加了措施" });
  });

  it("改了同一处，列出来，先留我的；选了他的就换", () => {
    const theirs = write("他的进展")(base);
    const { draft, clashes } = mergeDrafts(base, write("我的进展")(base), theirs, words);
    expect(clashes).toEqual([{ key: "texts.progress", label: "进展情况", mine: "我的进展", theirs: "他的进展" }]);
    expect(draft.texts.progress).toBe("我的进展");
    expect(adopt(draft, theirs, ["texts.progress"]).texts.progress).toBe("他的进展");
  });

  it("他删掉的佐证，我没动过就随他删", () => {
    const from = { ...base, evidence: { e1: ["d1"], e2: [] } };
    const { draft, clashes } = mergeDrafts(from, from, { ...from, evidence: { e2: [] } }, words);
    expect(clashes).toEqual([]);
    expect(draft.evidence).toEqual({ e2: [] });
  });

  it("同一条要求申报不同，说得清是哪条", () => {
    const claim = base.claims["d1"]!;
    const mine = { ...base, claims: { d1: { ...claim, outcome: "met" as const, done_on: "2023-09-18" } } };
    const theirs = { ...base, claims: { d1: { ...claim, outcome: "partly" as const } } };
    expect(mergeDrafts(base, mine, theirs, words).clashes).toEqual([
      { key: "claims.d1", label: "要求：9月底前完成", mine: "已完成，2023-09-18", theirs: "部分完成" },
    ]);
  });
});

describe("保管草稿", () => {
  beforeEach(() => vi.useFakeTimers());

  it("停手一会儿就存，存好清掉本机留底", async () => {
    const send = vi.fn(async (patch: DraftPatch) => submission({ version: 4, ...(patch as object) }));
    const keeper = new Keeper(submission(), { user: "u", send });
    keeper.edit(write("已发布 3"));
    keeper.edit(write("已发布 3 条"));
    expect(recall<Draft>("u", "s1", () => true)?.draft.texts.progress).toBe("已发布 3 条");
    await vi.advanceTimersByTimeAsync(1600);
    expect(send).toHaveBeenCalledExactlyOnceWith({ progress: "已发布 3 条" }, 3);
    expect(keeper.get().status.kind).toBe("saved");
    expect(keeper.get().server.version).toBe(4);
    expect(recall<Draft>("u", "s1", () => true)).toBeNull();
  });

  it("改了又改回去，没有要送的，也不再说正在写", async () => {
    const send = vi.fn();
    const keeper = new Keeper(submission(), { user: "u", send });
    const before = keeper.get().draft;
    keeper.edit(write("改一下"));
    keeper.edit(() => before);
    await vi.advanceTimersByTimeAsync(1600);
    expect(send).not.toHaveBeenCalled();
    expect(keeper.get().status.kind).toBe("saved");
    expect(recall<Draft>("u", "s1", () => true)).toBeNull();
  });

  it("断网留底，隔一阵再送，送到为止", async () => {
    const send = vi.fn().mockRejectedValueOnce(new NetworkFailure()).mockResolvedValueOnce(submission({ version: 4 }));
    const keeper = new Keeper(submission(), { user: "u", send });
    keeper.edit(write("断网时写的"));
    await vi.advanceTimersByTimeAsync(1600);
    expect(keeper.get().status).toEqual({ kind: "offline", kept: true });
    expect(recall<Draft>("u", "s1", () => true)?.draft.texts.progress).toBe("断网时写的");
    await vi.advanceTimersByTimeAsync(9000);
    expect(send).toHaveBeenCalledTimes(2);
    expect(keeper.get().status.kind).toBe("saved");
  });

  it("关了页面再开，接上没送到的内容并送出", async () => {
    const gone = new Keeper(submission(), { user: "u", send: () => Promise.reject(new NetworkFailure()) });
    gone.edit(write("没送到的"));
    const send = vi.fn(async () => submission({ version: 4 }));
    const keeper = new Keeper(submission(), { user: "u", send });
    expect(keeper.get().restored).toBe(true);
    expect(keeper.get().draft.texts.progress).toBe("没送到的");
    await vi.advanceTimersByTimeAsync(10);
    expect(send).toHaveBeenCalledWith({ progress: "没送到的" }, 3);
  });

  it("别人先存了别处：自动合上再存", async () => {
    const theirs = submission({ version: 5, measures: "他加的" });
    const send = vi.fn().mockRejectedValueOnce(stale(theirs)).mockResolvedValueOnce(submission({ version: 6 }));
    const keeper = new Keeper(submission(), { user: "u", send });
    keeper.edit(write("我写的"));
    await vi.advanceTimersByTimeAsync(1600);
    expect(send).toHaveBeenLastCalledWith({ progress: "我写的" }, 5);
    expect(keeper.get().draft.texts.measures).toBe("他加的");
  });

  it("别人先存了同一处：停下来让人选，选完再存", async () => {
    const theirs = submission({ version: 5, progress: "他写的" });
    const send = vi.fn().mockRejectedValueOnce(stale(theirs)).mockResolvedValueOnce(submission({ version: 6 }));
    const keeper = new Keeper(submission(), { user: "u", send });
    keeper.edit(write("我写的"));
    await vi.advanceTimersByTimeAsync(1600);
    expect(keeper.get().status).toMatchObject({ kind: "clash", clashes: [{ mine: "我写的", theirs: "他写的" }] });
    keeper.resolve([]);
    await vi.advanceTimersByTimeAsync(10);
    expect(send).toHaveBeenLastCalledWith({ progress: "我写的" }, 5);
  });

  it("没有在写时，服务器的新版本直接换上", () => {
    const keeper = new Keeper(submission(), { user: "u", send: vi.fn() });
    keeper.receive(submission({ version: 9, progress: "同事写的" }));
    expect(keeper.get().draft.texts.progress).toBe("同事写的");
  });
});

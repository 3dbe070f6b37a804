import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { FormKeeper, type KeptForm } from "./formKeeper";
import { shelf } from "./stash";

interface Form {
  title: string;
  name: string;
}

const SHELF = shelf<KeptForm<Form>>("test.", "session", (kept) => typeof kept.form.title === "string");
const keeper = (user = "甲") => new FormKeeper<Form>({ shelf: SHELF, user, id: "new", first: { title: "", name: "" }, fit: (form) => ({ ...form, name: "" }) });

describe("表单的留底", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    sessionStorage.clear();
  });
  afterEach(() => vi.useRealTimers());

  it("停手即留，重新打开接上，个人信息不在其中", () => {
    const first = keeper();
    first.change((form) => ({ ...form, title: "标题", name: "李小明" }));
    expect(first.get().kept).toBeNull();
    vi.advanceTimersByTime(600);
    expect(first.get().kept).toBeInstanceOf(Date);
    expect(JSON.stringify({ ...sessionStorage })).not.toContain("李小明");
    const again = keeper();
    expect(again.get().form).toEqual({ title: "标题", name: "" });
    expect(again.get().restoredAt).not.toBeNull();
    expect(keeper("乙").get().form.title).toBe("");
  });

  it("关页时还没到停手也留得下；送达即清", () => {
    const form = keeper();
    form.change((now) => ({ ...now, title: "半句" }));
    form.flush();
    expect(keeper().get().form.title).toBe("半句");
    form.done();
    expect(keeper().get().restoredAt).toBeNull();
    form.flush();
    expect(sessionStorage.length).toBe(0);
  });

  it("从头来就不留旧的；存不了会说", () => {
    const form = keeper();
    form.change((now) => ({ ...now, title: "旧的" }));
    form.restart();
    expect([form.get().form.title, form.get().changed, sessionStorage.length]).toEqual(["", false, 0]);
    const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new Error("满了");
    });
    form.change((now) => ({ ...now, title: "新的" }));
    form.flush();
    expect(form.get().kept).toBe("failed");
    full.mockRestore();
  });
});

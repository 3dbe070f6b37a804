import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useMemo, useState } from "react";
import { describe, expect, it } from "vitest";

import type { ReportForm, ReportTable } from "@/api/types";

import { block } from "./clipboard";
import { summed, type Entries } from "./figures";
import { applied, EMPTY, record, redo, stepOf, undo } from "./history";
import { commandFor, type Mode } from "./keys";
import { ReportGrid } from "./ReportGrid";
import { useHistory } from "./useHistory";


const press = (key: string, mode: Mode, held: Partial<{ shift: boolean; ctrl: boolean; alt: boolean }> = {}) => commandFor({ key, shift: false, ctrl: false, alt: false, ...held }, mode);

describe("按键的意思", () => {
  it("方向键与回车走格，键入时写完就走；按 F2 之后在字里走", () => {
    expect(press("ArrowLeft", "ready")).toEqual({ do: "move", direction: "left", extend: false, far: false });
    expect(press("ArrowLeft", "typing")).toMatchObject({ do: "move" });
    expect(press("ArrowLeft", "editing")).toBeNull();
    expect([press("Enter", "editing"), press("Enter", "ready", { shift: true })]).toMatchObject([{ direction: "down" }, { direction: "up" }]);
    expect(press("ArrowDown", "ready", { shift: true, ctrl: true })).toEqual({ do: "move", direction: "down", extend: true, far: true });
  });

  it("Tab、字与复制粘贴归浏览器；Delete 只在整格选中时清空", () => {
    expect([press("Tab", "ready"), press("5", "ready"), press("c", "ready", { ctrl: true }), press("ArrowUp", "ready", { alt: true })]).toEqual([null, null, null, null]);
    expect([press("Delete", "ready"), press("Delete", "typing")]).toEqual([{ do: "clear" }, null]);
  });

  it("Ctrl+Z、Ctrl+Y、Ctrl+Shift+Z 撤销与重做，正在写也认", () => {
    expect([press("z", "typing", { ctrl: true }), press("y", "ready", { ctrl: true }), press("Z", "ready", { ctrl: true, shift: true })]).toEqual([{ do: "undo" }, { do: "redo" }, { do: "redo" }]);
  });
});

describe("从 Excel 贴来的一块", () => {
  it("全角、千分位、空白、横线与斜线；横线斜线是空，不是 0", () => {
    expect(block("１，２３４\t1,040\t 7件 \t\t-\t/\t——\t无\r\n")).toEqual([["1234", "1040", "7", "", "", "", "", ""]]);
    expect(block("-3\t+5")).toEqual([["-3", "+5"]]);
  });

  it("连栏目名一起复制的，去掉栏目名的行与列，合并的栏目名也去掉", () => {
    const copied = "申请人情况\t\t自然人\t商业企业\n一、本年新收\t\t3\t\n（三）不予公开\t\"1.属于\n国家秘密\"\t0\t2";
    expect(block(copied)).toEqual([
      ["3", ""],
      ["0", "2"],
    ]);
    expect(block("\t1\n2\t3")).toEqual([
      ["", "1"],
      ["2", "3"],
    ]);
  });

  it("一个数也没有的，原样", () => {
    expect(block("约三")).toEqual([["约三"]]);
  });
});

describe("撤销与重做", () => {
  const step = (entries: Entries, changes: Record<string, string>, session?: string) => {
    const made = stepOf(entries, changes, "改", session);
    if (made === null) throw new Error("没有变");
    return made;
  };

  it("同一次停留里的键入是一步，写回原样则不成步", () => {
    let history = record(EMPTY, step({ a: "1" }, { a: "12" }, "a#1"));
    history = record(history, step({ a: "12" }, { a: "123" }, "a#1"));
    expect(history.past).toHaveLength(1);
    expect(undo(history)?.changes).toEqual({ a: "1" });
    expect(record(history, step({ a: "123" }, { a: "1" }, "a#1")).past).toEqual([]);
    expect(stepOf({ a: "1" }, { a: "1", b: "" }, "改")).toBeNull();
  });

  it("撤销再重做回到原处；新改一步，重做就没有了", () => {
    const history = record(record(EMPTY, step({}, { a: "1", b: "2" })), step({ a: "1", b: "2" }, { a: "9" }));
    const back = undo(history);
    const again = back && redo(back.history);
    expect([back?.changes, again?.changes]).toEqual([{ a: "1" }, { a: "9" }]);
    expect(again?.history).toEqual(history);
    expect(back && record(back.history, step({ a: "1" }, { b: "5" })).future).toEqual([]);
  });
});

const cell = (key: string, sum_of: string[] = []): ReportForm["cells"][number] => ({ key, label: `行·${key}`, kind: "count", sum_of });
const place = (row: number, column: number, key: string) => ({ row, column, row_span: 1, column_span: 1, text: "", cell: key, scope: null });
const table: ReportTable = { slug: "t4", part: "四", heading: "复议", row_count: 2, column_count: 3, places: [place(0, 0, "a"), place(0, 1, "b"), place(0, 2, "ab"), place(1, 0, "c"), place(1, 1, "d"), place(1, 2, "cd")] };
const form: ReportForm = { version: "2021", title: "表样", cells: [cell("a"), cell("b"), cell("ab", ["a", "b"]), cell("c"), cell("d"), cell("cd", ["c", "d"])], tables: [table], equations: [], rules: [] };
const SUMS = new Map([
  ["ab", "系统求和，已锁"],
  ["cd", "系统求和，已锁"],
]);

function Desk() {
  const [entries, setEntries] = useState<Entries>({ a: "1" });
  const [target, setTarget] = useState<{ cell: string; at: number } | null>(null);
  const history = useHistory(entries, (changes) => setEntries((now) => applied(now, changes)), (to) => setTarget((now) => ({ cell: to, at: (now?.at ?? 0) + 1 })));
  const shown = useMemo(() => summed(form, entries), [entries]);
  return <ReportGrid form={form} table={table} entries={shown} previous={{ b: 42 }} marks={new Map()} locked={SUMS} target={target} onEnter={history.enter} onUndo={history.undo} onRedo={history.redo} onFocusCell={() => undefined} />;
}

const box = (key: string) => screen.getByRole<HTMLInputElement>("textbox", { name: `行·${key}` });
const values = () => ["a", "b", "ab", "c", "d", "cd"].map((key) => box(key).value);

function paste(key: string, text: string): void {
  fireEvent.paste(box(key), { clipboardData: { getData: () => text } });
}

describe("填一张表", () => {
  it("键入即替换，回车往下，方向键走到锁住的总计，Tab 跳过它", async () => {
    const user = userEvent.setup();
    render(<Desk />);
    await user.click(box("a"));
    await user.keyboard("12{ArrowRight}3{Enter}");
    expect(values()).toEqual(["12", "3", "15", "", "", ""]);
    expect(box("d")).toHaveFocus();
    await user.keyboard("{ArrowUp}{ArrowRight}");
    expect(box("ab")).toHaveFocus();
    await user.keyboard("{ArrowLeft}{Tab}");
    expect(box("c")).toHaveFocus();
  });

  it("Esc 回到写之前，F2 接着原来的写", async () => {
    const user = userEvent.setup();
    render(<Desk />);
    await user.click(box("a"));
    await user.keyboard("99{Escape}");
    expect(box("a").value).toBe("1");
    await user.keyboard("{F2}5{ArrowLeft}2");
    expect(box("a").value).toBe("125");
    expect(box("a")).toHaveFocus();
  });

  it("整块贴上，总计不被盖掉；Shift 选一块，Delete 清空，Ctrl+Z 都回来", async () => {
    const user = userEvent.setup();
    render(<Desk />);
    await user.click(box("a"));
    paste("a", "７\t8\t99\n/\t1,000\t0\n");
    expect(values()).toEqual(["7", "8", "15", "", "1000", ""]);
    await user.keyboard("{Shift>}{ArrowRight}{ArrowDown}{/Shift}");
    expect(screen.getByRole("status")).toHaveTextContent("选中 2 行，共 4 格");
    await user.keyboard("{Delete}");
    expect(values()).toEqual(["", "", "", "", "", ""]);
    await user.keyboard("{Control>}z{/Control}");
    expect(values()).toEqual(["7", "8", "15", "", "1000", ""]);
    await user.keyboard("{Control>}z{/Control}");
    expect(values()).toEqual(["1", "", "", "", "", ""]);
    await user.keyboard("{Control>}y{/Control}");
    expect(box("d").value).toBe("1000");
  });

  it("选中的一块复制成制表符分隔；一个数贴到选中的一块，满块都是它", async () => {
    const user = userEvent.setup();
    render(<Desk />);
    paste("a", "1\t2\n3\t4");
    await user.click(box("a"));
    await user.keyboard("{Control>}a{/Control}");
    let copied = "";
    fireEvent.copy(box("a"), { clipboardData: { setData: (_: string, text: string) => (copied = text) } });
    expect(copied).toBe("1\t2\t3\r\n3\t4\t7");
    paste("a", "0");
    expect(values()).toEqual(["0", "0", "0", "0", "0", "0"]);
  });

  it("上年的数是底下的灰字，也读得出；锁住的说为什么", () => {
    render(<Desk />);
    expect(box("b").placeholder).toBe("42");
    expect(box("b")).toHaveAccessibleDescription("上年 42");
    expect(box("ab")).toHaveAccessibleDescription("系统求和，已锁");
    expect(screen.getByRole("grid")).toHaveAttribute("aria-multiselectable", "true");
  });
});

/** 表格里的键盘、鼠标、剪贴板，接在表的外框上，各格只管显示。不依赖 React 的状态，选中变了才通知。 */

import type { ClipboardEvent, KeyboardEvent, MouseEvent, PointerEvent } from "react";

import { asTable, block } from "./clipboard";
import { tidy, type Entries } from "./figures";
import type { Geometry } from "./geometry";
import { commandFor, type Command, type Mode } from "./keys";

export interface GridOptions {
  geometry: Geometry;
  entries: Entries;
  /** 求和格、结转格、只读时的每一格。 */
  isLocked: (key: string) => boolean;
  onEnter: (changes: Record<string, string>, label: string, session?: string) => void;
  onUndo: () => void;
  onRedo: () => void;
  onFocusCell: (key: string) => void;
  onOpenCell?: ((key: string) => void) | undefined;
  onSelect: (selection: Selection) => void;
  /** 贴完一块：贴了几格，几格锁住没有改。 */
  onPasted: (landed: number, kept: number) => void;
}

export interface Selection {
  anchor: string;
  head: string;
}

export function cellId(key: string): string {
  return `cell-${key.replaceAll(".", "-")}`;
}

function inputOf(event: { target: EventTarget }): HTMLInputElement | null {
  return event.target instanceof HTMLInputElement && event.target.dataset["cell"] ? event.target : null;
}

function keyOf(event: { target: EventTarget }): string | undefined {
  return inputOf(event)?.dataset["cell"];
}

export class GridControl {
  private options: GridOptions;
  private selection: Selection | null = null;
  private mode: Mode = "ready";
  private original = "";
  private sessions = 0;
  /** 鼠标从哪一格拖起。 */
  private dragging: string | null = null;
  /** 按下时光标已在这一格。 */
  private again = false;

  constructor(options: GridOptions) {
    this.options = options;
  }

  /** 每次重画，换上眼前的格与做法。 */
  use(options: GridOptions): void {
    this.options = options;
  }

  onFocus = (event: { target: EventTarget }): void => {
    const input = inputOf(event);
    const key = keyOf(event);
    if (!input || !key) return;
    this.sessions += 1;
    this.mode = "ready";
    this.original = this.options.entries[key] ?? "";
    input.select();
    this.select({ anchor: key, head: key });
    this.options.onFocusCell(key);
  };

  onKeyDown = (event: KeyboardEvent): void => {
    const input = inputOf(event);
    const key = keyOf(event);
    if (!input || !key || event.nativeEvent.isComposing) return;
    const command = commandFor({ key: event.key, shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey, alt: event.altKey }, this.mode);
    if (command && this.run(command, key, input)) event.preventDefault();
  };

  onPaste = (event: ClipboardEvent): void => {
    const key = keyOf(event);
    const values = block(event.clipboardData.getData("text"));
    const single = values.length === 1 && values[0]?.length === 1;
    if (!key || (single && this.mode !== "ready")) return;
    event.preventDefault();
    this.paste(key, values, single);
  };

  onCopy = (event: ClipboardEvent): void => {
    this.copy(event);
  };

  onCut = (event: ClipboardEvent): void => {
    const key = keyOf(event);
    if (key && this.copy(event)) this.clear(key);
  };

  onPointerDown = (event: PointerEvent): void => {
    const key = keyOf(event);
    if (!key || event.button !== 0) return;
    this.again = document.activeElement === event.target;
    if (event.shiftKey && this.selection) {
      event.preventDefault();
      this.select({ anchor: this.selection.anchor, head: key });
    } else if (event.pointerType === "mouse") {
      this.dragging = key;
    }
  };

  onPointerOver = (event: PointerEvent): void => {
    const key = keyOf(event);
    if (key && this.dragging !== null && event.buttons === 1 && key !== this.selection?.head) this.select({ anchor: this.dragging, head: key });
  };

  onPointerUp = (): void => {
    this.dragging = null;
  };

  /** 头一次点是选中整格，再点一次是进去改。 */
  onClick = (event: MouseEvent): void => {
    const input = inputOf(event);
    if (!input || event.shiftKey) return;
    if (!this.again) input.select();
    else if (this.mode === "ready") this.mode = "editing";
  };

  onInput = (key: string, text: string, composing: boolean): void => {
    if (this.options.isLocked(key)) return;
    if (this.mode === "ready") this.mode = "typing";
    this.options.onEnter({ [key]: composing ? text : tidy(text) }, "键入", this.session(key));
  };

  private session(key: string): string {
    return `${key}#${this.sessions}`;
  }

  private get rows(): string[][] {
    const { selection } = this;
    return selection && selection.anchor !== selection.head ? this.options.geometry.range(selection.anchor, selection.head) : [];
  }

  private select(selection: Selection): void {
    this.selection = selection;
    this.options.onSelect(selection);
  }

  private run(command: Command, key: string, input: HTMLInputElement): boolean {
    switch (command.do) {
      case "move":
      case "go":
        this.move(command, key);
        return true;
      case "edit":
        if (!this.options.isLocked(key)) {
          this.mode = "editing";
          input.setSelectionRange(input.value.length, input.value.length);
        }
        return true;
      case "cancel":
        return this.cancel(key, input);
      case "clear":
        this.clear(key);
        return true;
      case "all":
        this.select({ anchor: this.options.geometry.corner("first") ?? key, head: this.options.geometry.corner("last") ?? key });
        return true;
      case "open":
        this.options.onOpenCell?.(key);
        return this.options.onOpenCell !== undefined;
      case "undo":
        this.options.onUndo();
        return true;
      case "redo":
        this.options.onRedo();
        return true;
    }
  }

  private move(command: Extract<Command, { do: "move" | "go" }>, key: string): void {
    const start = command.extend ? (this.selection?.head ?? key) : key;
    const to = this.destination(command, start);
    if (to === null) return;
    const place = document.getElementById(cellId(to));
    if (command.extend) {
      this.select({ anchor: this.selection?.anchor ?? key, head: to });
      place?.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else {
      place?.focus();
    }
  }

  private destination(command: Extract<Command, { do: "move" | "go" }>, start: string): string | null {
    const { geometry } = this.options;
    if (command.do === "move") return command.far ? geometry.edge(start, command.direction) : geometry.next(start, command.direction);
    if (command.to === "first" || command.to === "last") return geometry.corner(command.to);
    return geometry.edge(start, command.to === "rowStart" ? "left" : "right");
  }

  /** Esc：正在写的回到写之前；没在写的，选中的一块收回成一格。 */
  private cancel(key: string, input: HTMLInputElement): boolean {
    if (this.mode === "ready" && this.rows.length === 0) return false;
    if (this.mode !== "ready") this.options.onEnter({ [key]: this.original }, "键入", this.session(key));
    this.mode = "ready";
    this.select({ anchor: key, head: key });
    requestAnimationFrame(() => input.select());
    return true;
  }

  private clear(key: string): void {
    const keys = this.rows.length > 0 ? this.rows.flat() : [key];
    const open = keys.filter((each) => !this.options.isLocked(each));
    this.options.onEnter(Object.fromEntries(open.map((each) => [each, ""])), `清空 ${open.length} 格`);
  }

  private copy(event: ClipboardEvent): boolean {
    const key = keyOf(event);
    const { rows } = this;
    if (!key || (this.mode !== "ready" && rows.length === 0)) return false;
    event.preventDefault();
    event.clipboardData.setData("text/plain", asTable((rows.length > 0 ? rows : [[key]]).map((row) => row.map((each) => this.options.entries[each] ?? ""))));
    return true;
  }

  /** 一个值贴到选中的一块，满块都是它；一块值从左上角往右下落。锁住的格不动。 */
  private paste(key: string, values: readonly (readonly string[])[], single: boolean): void {
    const { rows } = this;
    const { geometry, isLocked, onEnter, onPasted } = this.options;
    const landed = single && rows.length > 0 ? Object.fromEntries(rows.flat().map((each) => [each, values[0]?.[0] ?? ""])) : geometry.spread(rows[0]?.[0] ?? key, values);
    const open = Object.entries(landed).filter(([each]) => !isLocked(each));
    onEnter(Object.fromEntries(open), `粘贴 ${open.length} 格`);
    if (!single || rows.length > 0) onPasted(open.length, Object.keys(landed).length - open.length);
  }
}

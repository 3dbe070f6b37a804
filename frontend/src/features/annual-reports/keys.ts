/** 表格的键盘：一次按键，在这种状态下是什么意思。同电子表格；没有意思的（null）归浏览器。 */

import type { Direction } from "./geometry";

/** ready：整格选中，键入即替换；typing：正在键入，方向键写完就走；editing：按 F2 或再点一次，方向键在字里走。 */
export type Mode = "ready" | "typing" | "editing";

export type Command =
  | { do: "move"; direction: Direction; extend: boolean; far: boolean }
  | { do: "go"; to: "rowStart" | "rowEnd" | "first" | "last"; extend: boolean }
  | { do: "edit" | "cancel" | "clear" | "undo" | "redo" | "all" | "open" };

export interface Press {
  key: string;
  shift: boolean;
  /** Ctrl，苹果机上是 ⌘。 */
  ctrl: boolean;
  alt: boolean;
}

const ARROWS: Record<string, Direction> = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };

export function commandFor(press: Press, mode: Mode): Command | null {
  if (press.alt) return null;
  return (press.ctrl ? withCtrl(press, mode) : null) ?? (press.key === "Enter" && !press.ctrl ? enter(press) : null) ?? arrow(press, mode) ?? (press.ctrl ? null : plain(press, mode));
}

function withCtrl({ key, shift }: Press, mode: Mode): Command | null {
  const letter = key.toLowerCase();
  if (letter === "z") return { do: shift ? "redo" : "undo" };
  if (letter === "y") return { do: "redo" };
  if (key === "Enter") return { do: "open" };
  if (mode !== "ready") return null;
  if (letter === "a") return { do: "all" };
  if (key === "Home" || key === "End") return { do: "go", to: key === "Home" ? "first" : "last", extend: shift };
  return null;
}

function enter({ shift }: Press): Command {
  return { do: "move", direction: shift ? "up" : "down", extend: false, far: false };
}

function arrow({ key, shift, ctrl }: Press, mode: Mode): Command | null {
  const direction = ARROWS[key];
  if (direction === undefined || mode === "editing" || (mode === "typing" && (shift || ctrl))) return null;
  return { do: "move", direction, extend: shift, far: ctrl };
}

function plain({ key, shift }: Press, mode: Mode): Command | null {
  if (key === "Escape") return { do: "cancel" };
  if (mode !== "ready") return null;
  if (key === "F2") return { do: "edit" };
  if (key === "Delete" || key === "Backspace") return { do: "clear" };
  if (key === "Home" || key === "End") return { do: "go", to: key === "Home" ? "rowStart" : "rowEnd", extend: shift };
  return null;
}

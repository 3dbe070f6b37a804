/** 撤销与重做：一步是几格从什么变成什么。同一格连着键入算一步。纯函数。 */

import type { Entries } from "./figures";

export interface Step {
  /** 这一步的名字，如“粘贴 12 格”。 */
  label: string;
  before: Readonly<Record<string, string>>;
  after: Readonly<Record<string, string>>;
  /** 同一次停留里的键入，并作一步。 */
  session?: string | undefined;
}

export interface History {
  past: readonly Step[];
  future: readonly Step[];
}

export const EMPTY: History = { past: [], future: [] };
const MOST = 200;

/** 只记真变了的格；没有变的，不成一步。 */
export function stepOf(entries: Entries, changes: Readonly<Record<string, string>>, label: string, session?: string): Step | null {
  const changed = Object.entries(changes).filter(([key, text]) => (entries[key] ?? "") !== text);
  if (changed.length === 0) return null;
  return { label, session, before: Object.fromEntries(changed.map(([key]) => [key, entries[key] ?? ""])), after: Object.fromEntries(changed) };
}

export function record(history: History, step: Step): History {
  const last = history.past.at(-1);
  if (last === undefined || step.session === undefined || last.session !== step.session) return { past: [...history.past, step].slice(-MOST), future: [] };
  const before = { ...step.before, ...last.before };
  const after = { ...last.after, ...step.after };
  const nothing = Object.keys(after).every((key) => after[key] === before[key]);
  return { past: nothing ? history.past.slice(0, -1) : [...history.past.slice(0, -1), { ...last, before, after }], future: [] };
}

export interface Turn {
  history: History;
  changes: Readonly<Record<string, string>>;
  label: string;
}

export function undo({ past, future }: History): Turn | null {
  const step = past.at(-1);
  return step ? { history: { past: past.slice(0, -1), future: [...future, step] }, changes: step.before, label: step.label } : null;
}

export function redo({ past, future }: History): Turn | null {
  const step = future.at(-1);
  return step ? { history: { past: [...past, step], future: future.slice(0, -1) }, changes: step.after, label: step.label } : null;
}

/** 变了的格写进去；写空的拿掉。 */
export function applied(entries: Entries, changes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...entries, ...changes }).filter(([, text]) => text !== ""));
}

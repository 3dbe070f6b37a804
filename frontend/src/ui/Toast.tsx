import { useSyncExternalStore } from "react";

import "./toast.css";

export interface ToastAction {
  label: string;
  run: () => void;
}

interface Message {
  id: number;
  text: string;
  tone: "ok" | "error";
  action?: ToastAction | undefined;
}

let messages: readonly Message[] = [];
let next = 1;
const listeners = new Set<() => void>();

function set(change: readonly Message[]): void {
  messages = change;
  for (const listener of listeners) listener();
}

function drop(id: number): void {
  set(messages.filter((message) => message.id !== id));
}

function say(text: string, tone: Message["tone"], stay: number, action?: ToastAction): void {
  const id = next++;
  set([...messages.slice(-2), { id, text, tone, action }]);
  setTimeout(() => drop(id), stay);
}

/** 办完了说一声，可带一个“撤回”。出错的话写在出错的地方，不放这里；放这里的只有“页面已不在”的错。 */
export const toast = {
  ok: (text: string, action?: ToastAction) => say(text, "ok", action ? 12_000 : 5000, action),
  error: (text: string) => say(text, "error", 12000),
};

/** 放在外壳里，全站一个。 */
export function Toaster() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => messages,
  );
  return (
    <div className="toaster no-print" role="status" aria-live="polite">
      {shown.map((message) => (
        <p key={message.id} className={`toast toast-${message.tone}`}>
          {message.text}
          {message.action && (
            <button
              type="button"
              className="toast-action"
              onClick={() => {
                drop(message.id);
                message.action?.run();
              }}
            >
              {message.action.label}
            </button>
          )}
        </p>
      ))}
    </div>
  );
}

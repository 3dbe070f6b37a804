import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import type { Entries } from "./figures";
import { applied, EMPTY, record, redo, stepOf, undo, type History, type Step, type Turn } from "./history";

export interface GridHistory {
  /** 改几格，记一步；返回把这一步单独退回去的做法，没有变的为 null。 */
  enter: (changes: Record<string, string>, label: string, session?: string) => (() => void) | null;
  undo: () => void;
  redo: () => void;
  /** 下一次撤销、重做的是哪一步。 */
  undoable: string | null;
  redoable: string | null;
  forget: () => void;
}

/** 给一组格加上撤销与重做；撤销到哪一格，由 `onTurn` 带人去看。 */
export function useHistory(entries: Entries, onChange: (changes: Readonly<Record<string, string>>) => void, onTurn: (cell: string) => void): GridHistory {
  const [history, setHistory] = useState<History>(EMPTY);
  const latest = useRef({ entries, history, onChange, onTurn });
  useEffect(() => {
    latest.current = { entries, history, onChange, onTurn };
  });
  const keep = useCallback((next: History) => {
    latest.current.history = next;
    setHistory(next);
  }, []);
  const enter = useCallback(
    (changes: Record<string, string>, label: string, session?: string): (() => void) | null => {
      const put = (to: Readonly<Record<string, string>>, name: string, within?: string): Step | null => {
        const step = stepOf(latest.current.entries, to, name, within);
        if (step === null) return null;
        keep(record(latest.current.history, step));
        latest.current.entries = applied(latest.current.entries, step.after);
        latest.current.onChange(step.after);
        return step;
      };
      const step = put(changes, label, session);
      return step && (() => void put(step.before, `退回：${label}`));
    },
    [keep],
  );
  const turn = useCallback(
    (way: (history: History) => Turn | null) => {
      const turned = way(latest.current.history);
      if (turned === null) return;
      keep(turned.history);
      latest.current.onChange(turned.changes);
      const [first] = Object.keys(turned.changes);
      if (first !== undefined) latest.current.onTurn(first);
    },
    [keep],
  );
  return useMemo(
    () => ({
      enter,
      undo: () => turn(undo),
      redo: () => turn(redo),
      undoable: history.past.at(-1)?.label ?? null,
      redoable: history.future.at(-1)?.label ?? null,
      forget: () => keep(EMPTY),
    }),
    [enter, turn, keep, history],
  );
}

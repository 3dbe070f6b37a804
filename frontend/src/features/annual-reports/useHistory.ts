import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import type { Entries } from "./figures";
import { EMPTY, record, redo, stepOf, undo, type History, type Turn } from "./history";

export interface GridHistory {
  /** 改几格，记一步。 */
  enter: (changes: Record<string, string>, label: string, session?: string) => void;
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
    (changes: Record<string, string>, label: string, session?: string) => {
      const step = stepOf(latest.current.entries, changes, label, session);
      if (step === null) return;
      keep(record(latest.current.history, step));
      latest.current.onChange(step.after);
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

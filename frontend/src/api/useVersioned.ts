import { useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { isProblem } from "./problem";

/** 存到哪一步。again：原样再来一次（在现在的一版上）。 */
export type DraftSaving =
  | { kind: "clean" }
  | { kind: "saving" }
  | { kind: "saved"; at: Date }
  | { kind: "clash"; again: () => void }
  | { kind: "failed"; error: unknown; again: () => void };

export interface Versioned<Draft> {
  saving: DraftSaving;
  write: (send: (version: number) => Promise<Draft>) => Promise<Draft>;
}

/** 草稿的每一步都当即存下；一步存完才送下一步，他人先改了就换上现状（应答里没有的另取）。 */
export function useVersioned<Draft extends { version: number }>(queryKey: QueryKey, draft: Draft): Versioned<Draft> {
  const client = useQueryClient();
  const [saving, setSaving] = useState<DraftSaving>({ kind: "clean" });
  const queue = useRef<Promise<unknown>>(Promise.resolve());

  const attempt = async (send: (version: number) => Promise<Draft>): Promise<Draft> => {
    setSaving({ kind: "saving" });
    try {
      const saved = await send((client.getQueryData<Draft>(queryKey) ?? draft).version);
      client.setQueryData(queryKey, saved);
      setSaving({ kind: "saved", at: new Date() });
      return saved;
    } catch (error) {
      const again = () => void write(send).catch(() => undefined);
      const clash = isProblem(error) && error.status === 412;
      if (clash) {
        const current = error.current<Draft>();
        if (current) client.setQueryData(queryKey, current);
        else await client.invalidateQueries({ queryKey });
      }
      setSaving(clash ? { kind: "clash", again } : { kind: "failed", error, again });
      throw error;
    }
  };
  const write = (send: (version: number) => Promise<Draft>): Promise<Draft> => {
    const turn = queue.current.then(() => attempt(send));
    queue.current = turn.catch(() => undefined);
    return turn;
  };
  return { saving, write };
}

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import type { ImportFix, PlanImport } from "@/api/types";
import { toast } from "@/ui/Toast";

import type { ImportPatch } from "./patches";
import { importQuery } from "./queries";

/** 存到哪一步。again：原样再来一次（在现在的一版上）。 */
export type DraftSaving =
  | { kind: "clean" }
  | { kind: "saving" }
  | { kind: "saved"; at: Date }
  | { kind: "clash"; again: () => void }
  | { kind: "failed"; error: unknown; again: () => void };

export interface DraftWriter {
  saving: DraftSaving;
  patch: (patch: ImportPatch) => Promise<PlanImport>;
  fix: (...fixes: ImportFix[]) => Promise<PlanImport>;
  unfix: (number: number) => Promise<PlanImport>;
  undoCommit: () => Promise<PlanImport>;
}

type Send = (version: number) => Promise<PlanImport>;

/** 草稿的每一步都当即存下；一步存完才送下一步，他人先改了就换上现状。 */
export function useDraft(draft: PlanImport): DraftWriter {
  const client = useQueryClient();
  const { queryKey } = importQuery(draft.id);
  const path = `/plan-imports/${draft.id}`;
  const [saving, setSaving] = useState<DraftSaving>({ kind: "clean" });
  const queue = useRef<Promise<unknown>>(Promise.resolve());

  const attempt = async (send: Send): Promise<PlanImport> => {
    setSaving({ kind: "saving" });
    try {
      const saved = await send((client.getQueryData<PlanImport>(queryKey) ?? draft).version);
      client.setQueryData(queryKey, saved);
      setSaving({ kind: "saved", at: new Date() });
      return saved;
    } catch (error) {
      const again = () => void write(send).catch(() => undefined);
      const clash = isProblem(error) && error.status === 412;
      if (clash) client.setQueryData(queryKey, error.current<PlanImport>() ?? draft);
      setSaving(clash ? { kind: "clash", again } : { kind: "failed", error, again });
      throw error;
    }
  };
  const write = (send: Send): Promise<PlanImport> => {
    const turn = queue.current.then(() => attempt(send));
    queue.current = turn.catch(() => undefined);
    return turn;
  };
  const unfix = async (number: number) => {
    const saved = await write((version) => api.post(`${path}/fixes/undo`, { number }, { version }));
    await client.invalidateQueries({ queryKey: ["units"] });
    toast.ok("已撤回");
    return saved;
  };
  const fix = async (...fixes: ImportFix[]) => {
    const saved = await write((version) => api.post(`${path}/fixes`, { fixes }, { version }));
    const done = saved.fixes.at(-1);
    if (done) toast.ok(done.alias ? `${done.label}，并记为别名` : done.label, { label: "撤回", run: () => void unfix(done.number).catch(() => undefined) });
    if (done?.alias || done?.created_units.length) await client.invalidateQueries({ queryKey: ["units"] });
    return saved;
  };
  return {
    saving,
    fix,
    unfix,
    patch: (patch) => write((version) => api.patch(path, patch, version)),
    undoCommit: async () => {
      const saved = await write((version) => api.post(`${path}/undo`, undefined, { version }));
      await Promise.all(["plans", "tasks"].map((key) => client.invalidateQueries({ queryKey: [key] })));
      return saved;
    },
  };
}

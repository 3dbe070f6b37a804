import { useQueryClient } from "@tanstack/react-query";

import { api } from "@/api/client";
import type { ImportFix, PlanImport } from "@/api/types";
import { useVersioned, type DraftSaving } from "@/api/useVersioned";
import { toast } from "@/ui/Toast";

import type { ImportPatch } from "./patches";
import { importQuery } from "./queries";

export interface DraftWriter {
  saving: DraftSaving;
  patch: (patch: ImportPatch) => Promise<PlanImport>;
  fix: (...fixes: ImportFix[]) => Promise<PlanImport>;
  unfix: (number: number) => Promise<PlanImport>;
  undoCommit: () => Promise<PlanImport>;
}

/** 草稿的每一步都当即存下；一步存完才送下一步，他人先改了就换上现状。 */
export function useDraft(draft: PlanImport): DraftWriter {
  const client = useQueryClient();
  const { queryKey } = importQuery(draft.id);
  const path = `/plan-imports/${draft.id}`;
  const { saving, write } = useVersioned(queryKey, draft);
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

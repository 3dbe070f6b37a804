/** 填报的本机留底；送达后即清。 */

import { shelf } from "@/lib/stash";

import type { Draft } from "./draft";

export interface Stash {
  version: number;
  base: Draft;
  draft: Draft;
  at: string;
}

export const { keep, recall, forget } = shelf<Stash>("taizhang.draft.", "local", (stash) => typeof stash.version === "number" && Boolean(stash.base.texts && stash.draft.texts));

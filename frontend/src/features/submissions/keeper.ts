/** 保管一期填报的草稿。 */

import { Keeper as DraftKeeper, type KeeperOptions as Options } from "@/api/keeper";
import type { Submission } from "@/api/types";

import { adopt, draftOf, mergeDrafts, patchOf, type Draft, type DraftPatch } from "./draft";

export interface KeeperOptions extends Options<Submission, DraftPatch> {
  dutyText?: (id: string) => string;
}

export class Keeper extends DraftKeeper<Submission, Draft, DraftPatch> {
  constructor(submission: Submission, { dutyText = () => "一条要求", ...options }: KeeperOptions) {
    super(submission, { draftOf, patchOf, adopt, merge: (base, mine, theirs) => mergeDrafts(base, mine, theirs, dutyText), sound: (draft) => draft.texts !== undefined }, options);
  }
}

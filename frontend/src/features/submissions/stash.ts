/** 本机留底：网断、浏览器崩了，写的字也在。送达后即清。 */

import type { Draft } from "./draft";

export interface Stash {
  version: number;
  base: Draft;
  draft: Draft;
  at: string;
}

const PREFIX = "taizhang.draft.";

function keyOf(user: string, id: string): string {
  return `${PREFIX}${user}.${id}`;
}

export function keep(user: string, id: string, stash: Stash): boolean {
  try {
    localStorage.setItem(keyOf(user, id), JSON.stringify(stash));
    return true;
  } catch {
    return false;
  }
}

export function recall(user: string, id: string): Stash | null {
  try {
    const stash = JSON.parse(localStorage.getItem(keyOf(user, id)) ?? "null") as Stash | null;
    return stash && typeof stash.version === "number" && stash.base.texts && stash.draft.texts ? stash : null;
  } catch {
    return null;
  }
}

export function forget(user: string, id: string): void {
  try {
    localStorage.removeItem(keyOf(user, id));
  } catch {
    // 存不了就没有可清的
  }
}

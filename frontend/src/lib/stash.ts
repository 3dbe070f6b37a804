/** 本机留底：网断、浏览器崩了，写的字也在。送达后即清。 */

export interface Stash<Draft> {
  version: number;
  base: Draft;
  draft: Draft;
  at: string;
}

const PREFIX = "taizhang.draft.";

function keyOf(user: string, id: string): string {
  return `${PREFIX}${user}.${id}`;
}

export function keep<Draft>(user: string, id: string, stash: Stash<Draft>): boolean {
  try {
    localStorage.setItem(keyOf(user, id), JSON.stringify(stash));
    return true;
  } catch {
    return false;
  }
}

/** 留底的样子不对（旧版本写的）就当没有。 */
export function recall<Draft>(user: string, id: string, sound: (draft: Draft) => boolean): Stash<Draft> | null {
  try {
    const stash = JSON.parse(localStorage.getItem(keyOf(user, id)) ?? "null") as Stash<Draft> | null;
    return stash && typeof stash.version === "number" && sound(stash.base) && sound(stash.draft) ? stash : null;
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

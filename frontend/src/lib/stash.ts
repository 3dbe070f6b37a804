/** 留底：网断、浏览器崩了、误按刷新，写的字也在。送达后即清；换了人看不到。 */

export interface Shelf<Kept> {
  keep: (user: string, id: string, kept: Kept) => boolean;
  recall: (user: string, id: string) => Kept | null;
  forget: (user: string, id: string) => void;
}

/**
 * 一类留底的地方。`local` 关了浏览器还在；`session` 只在这个标签页，关掉即清：可能有个人信息的只用后者。
 * `valid` 认不得的（旧版留下的）当作没有。存不了（无痕、满了）不算错：keep 返回 false。
 */
export function shelf<Kept>(prefix: string, where: "local" | "session", valid: (kept: Kept) => boolean): Shelf<Kept> {
  const storage = () => (where === "local" ? localStorage : sessionStorage);
  const keyOf = (user: string, id: string) => `${prefix}${user}${id && `.${id}`}`;
  return {
    keep(user, id, kept) {
      try {
        storage().setItem(keyOf(user, id), JSON.stringify(kept));
        return true;
      } catch {
        return false;
      }
    },
    recall(user, id) {
      try {
        const kept = JSON.parse(storage().getItem(keyOf(user, id)) ?? "null") as Kept | null;
        return kept && valid(kept) ? kept : null;
      } catch {
        return null;
      }
    },
    forget(user, id) {
      try {
        storage().removeItem(keyOf(user, id));
      } catch {
        // 存不了就没有可清的
      }
    },
  };
}

/** 填报、年报的留底：动笔时的样子（base）与写到的样子（draft）。 */
export interface Stash<Draft> {
  version: number;
  base: Draft;
  draft: Draft;
  at: string;
}

const drafts = shelf<Stash<unknown>>("taizhang.draft.", "local", (stash) => typeof stash.version === "number");

export function keep<Draft>(user: string, id: string, stash: Stash<Draft>): boolean {
  return drafts.keep(user, id, stash);
}

/** 留底的样子不对（旧版本写的）就当没有。 */
export function recall<Draft>(user: string, id: string, sound: (draft: Draft) => boolean): Stash<Draft> | null {
  const stash = drafts.recall(user, id) as Stash<Draft> | null;
  return stash && sound(stash.base) && sound(stash.draft) ? stash : null;
}

export function forget(user: string, id: string): void {
  drafts.forget(user, id);
}

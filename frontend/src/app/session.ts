/** 会话：谁在用。令牌在内存，刷新页面时凭 cookie 续上；中途失效则留在原页，只请人重新登录。 */

import { useSyncExternalStore } from "react";

import { api } from "@/api/client";
import { queryClient } from "@/api/query";
import { holdToken, mayHaveSession, onTokenChange, refreshOnce } from "@/api/token";
import type { LoginAnswer, Me, Role } from "@/api/types";
import { setToday } from "@/lib/today";

interface Session {
  me: Me | null;
  /** 登录已失效，页面还在，等人重新登录。 */
  expired: boolean;
}

let current: Session = { me: null, expired: false };
const listeners = new Set<() => void>();

function become(next: Session): void {
  if (current.me?.id !== next.me?.id) {
    queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== "meta" });
  }
  current = next;
  setToday(next.me?.today ?? null);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

onTokenChange((answer) => {
  if (answer) become({ me: answer.user, expired: false });
  else if (current.me) become({ me: current.me, expired: true });
});

export const session = {
  get me(): Me | null {
    return current.me;
  },
  /** 打开页面时凭 cookie 续登录。 */
  async restore(): Promise<void> {
    if (mayHaveSession()) await refreshOnce();
  },
  async login(username: string, password: string, otp?: string): Promise<Me> {
    const answer = await api.post<LoginAnswer>("/auth/login", { username, password, otp: otp?.trim() || null });
    holdToken(answer.access_token);
    become({ me: answer.user, expired: false });
    return answer.user;
  },
  async logout(): Promise<void> {
    try {
      await api.post<void>("/auth/logout", undefined, { spa: true });
    } finally {
      holdToken(null);
      become({ me: null, expired: false });
    }
  },
  /** 改完口令等事后重读自己。 */
  async reload(): Promise<void> {
    become({ me: await api.get<Me>("/auth/me"), expired: false });
  },
};

/** 还有非办不可的事：改一次性口令，或启用须用的动态口令。 */
export function mustSettle(me: Me): boolean {
  return me.must_change_password || (me.totp_required && !me.totp_enabled);
}

export function useSession(): Me | null {
  return useSyncExternalStore(subscribe, () => current.me);
}

export function useExpired(): boolean {
  return useSyncExternalStore(subscribe, () => current.expired);
}

/** 登录之后的页面用：一定有人。 */
export function useMe(): Me {
  const who = useSession();
  if (!who) throw new Error("此页须登录后使用");
  return who;
}

export function useRole(...roles: Role[]): boolean {
  const who = useSession();
  return who !== null && roles.includes(who.role);
}

export function useMay(permission: string): boolean {
  return useSession()?.permissions.includes(permission) ?? false;
}

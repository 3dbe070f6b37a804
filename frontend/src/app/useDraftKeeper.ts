import { useEffect, useState, useSyncExternalStore } from "react";

import type { Keeper, Kept, Versioned } from "@/api/keeper";

import { useExpired } from "./session";

/** 把草稿保管接到页面上：联网、重新登录即重送，离开即送；`server` 是查询缓存里的那一份。 */
export function useDraftKeeper<Server extends Versioned, Draft, Patch, K extends Keeper<Server, Draft, Patch>>(make: () => K, server: Server): { keeper: K; kept: Kept<Server, Draft> } {
  const [keeper] = useState(make);
  useEffect(() => keeper.receive(server), [keeper, server]);
  useEffect(() => {
    const resend = () => void keeper.flush();
    const leaving = () => document.visibilityState === "hidden" && resend();
    window.addEventListener("online", resend);
    document.addEventListener("visibilitychange", leaving);
    return () => {
      window.removeEventListener("online", resend);
      document.removeEventListener("visibilitychange", leaving);
      keeper.dispose();
    };
  }, [keeper]);
  const expired = useExpired();
  useEffect(() => {
    if (!expired && keeper.get().status.kind === "failed") void keeper.flush();
  }, [expired, keeper]);
  const kept = useSyncExternalStore(keeper.subscribe, keeper.get);
  return { keeper, kept };
}

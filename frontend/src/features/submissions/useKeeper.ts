import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";

import { api } from "@/api/client";
import { submissionQuery } from "@/api/progress";
import type { Submission } from "@/api/types";
import { useExpired, useMe } from "@/app/session";

import type { DraftPatch } from "./draft";
import { Keeper, type Kept } from "./keeper";
import type { SubmissionParts } from "./parts";

/** 把草稿保管接到页面上：存好更新缓存，联网、重新登录即重送，离开即送。 */
export function useKeeper({ submission, assignment }: SubmissionParts): { keeper: Keeper; kept: Kept } {
  const client = useQueryClient();
  const me = useMe();
  const [keeper] = useState(
    () =>
      new Keeper(submission, {
        user: me.id,
        dutyText: (id) => assignment.duties.find((duty) => duty.id === id)?.text ?? "一条要求",
        send: async (patch: DraftPatch, version: number) => {
          const saved = await api.patch<Submission>(`/progress-submissions/${submission.id}`, patch, version);
          client.setQueryData(submissionQuery(submission.id).queryKey, saved);
          return saved;
        },
      }),
  );
  useEffect(() => keeper.receive(submission), [keeper, submission]);
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

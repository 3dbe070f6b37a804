import { useQueryClient } from "@tanstack/react-query";

import { api } from "@/api/client";
import type { Kept } from "@/api/keeper";
import { submissionQuery } from "@/api/progress";
import type { Submission } from "@/api/types";
import { useMe } from "@/app/session";
import { useDraftKeeper } from "@/app/useDraftKeeper";

import type { Draft, DraftPatch } from "./draft";
import { Keeper } from "./keeper";
import type { SubmissionParts } from "./parts";

/** 一期填报的草稿保管；存好即更新缓存。 */
export function useKeeper({ submission, assignment }: SubmissionParts): { keeper: Keeper; kept: Kept<Submission, Draft> } {
  const client = useQueryClient();
  const me = useMe();
  return useDraftKeeper<Submission, Draft, DraftPatch, Keeper>(
    () =>
      new Keeper(submission, {
        user: me.id,
        dutyText: (id) => assignment.duties.find((duty) => duty.id === id)?.text ?? "一条要求",
        send: async (patch, version) => {
          const saved = await api.patch<Submission>(`/progress-submissions/${submission.id}`, patch, version);
          client.setQueryData(submissionQuery(submission.id).queryKey, saved);
          return saved;
        },
      }),
    submission,
  );
}

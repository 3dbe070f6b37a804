/** 填报与任务的查询，几个页面共用。 */

import { queryOptions } from "@tanstack/react-query";

import { api } from "./client";
import { randomId } from "@/lib/id";
import { touch } from "./events";
import { isProblem } from "./problem";
import { queryClient } from "./query";
import type { AssignmentDetail, Changes, DownstreamTask, Home, Page, Period, Submission, SubmissionItem, TaskDetail, UpstreamCandidate } from "./types";

export const homeQuery = queryOptions({
  queryKey: ["home"],
  queryFn: ({ signal }) => api.get<Home>("/home", undefined, signal),
});

export const submissionQuery = (id: string) =>
  queryOptions({
    queryKey: ["submissions", id],
    queryFn: ({ signal }) => api.get<Submission>(`/progress-submissions/${id}`, undefined, signal),
  });

export const changesQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ["submissions", id, "changes", version],
    queryFn: ({ signal }) => api.get<Changes>(`/progress-submissions/${id}/changes`, undefined, signal),
  });

/** 等我处理的（签发或审核），先交的在前。 */
export const waitingQuery = queryOptions({
  queryKey: ["submissions", "waiting"],
  queryFn: ({ signal }) => api.get<Page<SubmissionItem>>("/progress-submissions", { waiting: true, size: 100 }, signal),
});

export const assignmentQuery = (id: string) =>
  queryOptions({
    queryKey: ["assignments", id],
    queryFn: ({ signal }) => api.get<AssignmentDetail>(`/assignments/${id}`, undefined, signal),
  });

export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ["tasks", id],
    queryFn: ({ signal }) => api.get<TaskDetail>(`/tasks/${id}`, undefined, signal),
  });

export const upstreamCandidatesQuery = (id: string) =>
  queryOptions({
    queryKey: ["tasks", id, "upstream"],
    queryFn: ({ signal }) => api.get<UpstreamCandidate[]>(`/tasks/${id}/upstream-candidates`, undefined, signal),
  });

export const downstreamQuery = (id: string) =>
  queryOptions({
    queryKey: ["tasks", id, "downstream"],
    queryFn: ({ signal }) => api.get<Page<DownstreamTask>>(`/tasks/${id}/downstream`, { size: 100 }, signal),
  });

/** 开始填报一期：已有的直接打开那一件。 */
export async function startSubmission(assignmentId: string, periodId?: string): Promise<string> {
  try {
    const created = await api.post<Submission>("/progress-submissions", { assignment_id: assignmentId, ...(periodId ? { period_id: periodId } : {}) }, { once: randomId() });
    queryClient.setQueryData(submissionQuery(created.id).queryKey, created);
    touch("submission");
    return created.id;
  } catch (failure) {
    const existing = isProblem(failure, "submission-exists") ? failure.body["existing"] : undefined;
    if (typeof existing === "string") return existing;
    throw failure;
  }
}

export interface BatchResult {
  done: string[];
  refused: { id: string; problem: { title?: string; detail?: string } }[];
}

export async function actOnMany(action: "submit" | "sign" | "accept", ids: readonly string[]): Promise<BatchResult> {
  const result = await api.post<BatchResult>("/progress-submissions:batch", { action, ids }, { once: randomId() });
  touch("submission");
  return result;
}

export const periodsQuery = (planId: string) =>
  queryOptions({
    queryKey: ["plans", planId, "periods"],
    queryFn: ({ signal }) => api.get<Period[]>(`/plans/${planId}/periods`, undefined, signal),
    staleTime: 300_000,
  });

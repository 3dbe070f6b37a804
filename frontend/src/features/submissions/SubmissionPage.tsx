import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";

import { assignmentQuery, submissionQuery, taskQuery } from "@/api/progress";
import { ErrorState, Loading } from "@/ui/States";

import { SubmissionForm } from "./SubmissionForm";

const SubmissionReview = lazy(async () => ({ default: (await import("./SubmissionReview")).SubmissionReview }));

/** 一期填报：能改就是表单，不能改就是阅读与审核。 */
export function SubmissionPage() {
  const { id } = useParams({ from: "/inside/submissions/$id" });
  const submission = useQuery(submissionQuery(id));
  const assignment = useQuery({ ...assignmentQuery(submission.data?.assignment.id ?? ""), enabled: submission.data !== undefined });
  const task = useQuery({ ...taskQuery(submission.data?.assignment.task.id ?? ""), enabled: submission.data !== undefined });

  const failed = [submission, assignment, task].find((query) => query.isError && query.data === undefined);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!submission.data || !assignment.data || !task.data) return <Loading lines={8} />;

  const parts = { submission: submission.data, assignment: assignment.data, task: task.data };
  if (submission.data.actions.includes("edit")) return <SubmissionForm key={id} {...parts} />;
  return (
    <Suspense fallback={<Loading lines={8} />}>
      <SubmissionReview key={id} {...parts} />
    </Suspense>
  );
}

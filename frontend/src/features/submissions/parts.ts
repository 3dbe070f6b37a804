import type { AssignmentDetail, Submission, TaskDetail } from "@/api/types";

/** 表单页与审核页共有的三样。 */
export interface SubmissionParts {
  submission: Submission;
  assignment: AssignmentDetail;
  task: TaskDetail;
}

export const TARGETS = [
  { id: "whole", label: "整体" },
  { id: "progress", label: "进展情况" },
  { id: "measures", label: "工作措施" },
  { id: "problems", label: "存在问题" },
  { id: "next_steps", label: "下步打算" },
  { id: "duty", label: "逐条要求" },
  { id: "evidence", label: "佐证材料" },
] as const;

export const REASONS = [
  { id: "no_evidence", label: "佐证不足" },
  { id: "off_topic", label: "内容不符" },
  { id: "not_specific", label: "表述笼统" },
  { id: "figures", label: "数据有误" },
  { id: "late_date", label: "日期不符" },
  { id: "other", label: "其他" },
] as const;

/** 退回要点指的是哪里。 */
export function targetWords(target: string, targetId: string | null, { assignment, submission }: SubmissionParts): string {
  if (target === "duty") {
    const index = assignment.duties.findIndex((duty) => duty.id === targetId);
    return index < 0 ? "逐条要求" : `要求 ${index + 1}`;
  }
  if (target === "evidence") return `佐证：${submission.evidence.find((item) => item.id === targetId)?.title ?? "材料"}`;
  return TARGETS.find((item) => item.id === target)?.label ?? "整体";
}

/** 每处在页面上的锚。 */
export function anchorOf(target: string, targetId: string | null): string {
  return targetId && (target === "duty" || target === "evidence") ? `${target}-${targetId}` : `part-${target}`;
}

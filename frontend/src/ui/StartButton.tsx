import { useRouter } from "@tanstack/react-router";
import { PenLine } from "lucide-react";
import { useState } from "react";

import { wordsOf } from "@/api/problem";
import { startSubmission } from "@/api/progress";
import type { Assignment } from "@/api/types";

import { Button, LinkButton, type ButtonVariant } from "./Button";
import { toast } from "./Toast";

/** 去填报：写到一半的接着写，没写的新开一期。 */
export function StartButton({ assignment, today, variant = "default", small }: { assignment: Assignment; today: string; variant?: ButtonVariant; small?: boolean }) {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const { submission, report_period: period } = assignment;
  const writing = submission && (submission.state === "draft" || submission.state === "returned") && (!period || submission.period_label === period.label || submission.state === "returned");
  const about = <span className="visually-hidden">：{assignment.task.title}</span>;
  if (writing) {
    return (
      <LinkButton to="/submissions/$id" params={{ id: submission.id }} variant={variant} small={small} icon={PenLine}>
        {submission.state === "returned" ? "去修改" : "接着写"}
        {about}
      </LinkButton>
    );
  }
  if (!period) return null;
  const overdue = assignment.report_due_on !== null && assignment.report_due_on < today;
  const start = async () => {
    setPending(true);
    try {
      // 不指明周期：欠报的一期若已关闭，由服务器改取正在开放的一期。
      const id = await startSubmission(assignment.id);
      await router.navigate({ to: "/submissions/$id", params: { id } });
    } catch (failure) {
      toast.error(wordsOf(failure));
    } finally {
      setPending(false);
    }
  };
  return (
    <Button variant={variant} small={small} icon={PenLine} pending={pending} onClick={() => void start()}>
      {overdue ? "填报进展" : `填报${period.label}`}
      {about}
    </Button>
  );
}

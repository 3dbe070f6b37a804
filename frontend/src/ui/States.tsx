import { FileQuestion, RotateCw, type LucideIcon } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";

import { ApiProblem, wordsOf } from "@/api/problem";

import { Button } from "./Button";
import { Notice } from "./Notice";
import "./states.css";

/** 正在载入：先静 250 毫秒，快的页面不闪。 */
export function Loading({ lines = 4, label = "正在载入…" }: { lines?: number; label?: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 250);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="loading" role="status" aria-busy>
      <span className="visually-hidden">{label}</span>
      {shown && Array.from({ length: lines }, (_, line) => <span key={line} className="skeleton" aria-hidden />)}
    </div>
  );
}

/** 没有内容时：说清是什么、能做什么。 */
export function EmptyState({ title, children, action, icon: Icon = FileQuestion }: { title: string; children?: ReactNode; action?: ReactNode; icon?: LucideIcon }) {
  return (
    <div className="empty">
      <Icon size="2.2rem" strokeWidth={1.4} aria-hidden />
      <p className="empty-title">{title}</p>
      {children && <div className="muted">{children}</div>}
      {action}
    </div>
  );
}

/** 载入失败：说原因，给重试；编号供报修。 */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const gone = error instanceof ApiProblem && error.status === 404;
  return (
    <Notice
      tone={gone ? "warn" : "error"}
      title={gone ? "没有找到" : error instanceof ApiProblem ? error.title : "没有载入成功"}
      actions={
        !gone &&
        onRetry && (
          <Button icon={RotateCw} onClick={onRetry}>
            重试
          </Button>
        )
      }
    >
      {wordsOf(error)}
      {error instanceof ApiProblem && error.status >= 500 && error.requestId && <p className="small">报修时请提供编号：{error.requestId}</p>}
    </Notice>
  );
}

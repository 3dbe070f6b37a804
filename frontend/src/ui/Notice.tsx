import { CircleAlert, CircleCheck, Info, TriangleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

import { cx } from "./cx";
import "./notice.css";

export type Tone = "info" | "warn" | "error" | "ok";

const ICONS: Record<Tone, LucideIcon> = { info: Info, warn: TriangleAlert, error: CircleAlert, ok: CircleCheck };

export interface NoticeProps {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** 出现时要马上读出来的（默认报错才是）。 */
  live?: boolean | undefined;
  className?: string | undefined;
}

/** 页内的一段提示。 */
export function Notice({ tone = "info", title, children, actions, live = tone === "error", className }: NoticeProps) {
  const Icon = ICONS[tone];
  return (
    <div className={cx("notice", `notice-${tone}`, className)} role={live ? "alert" : undefined}>
      <Icon size="1.3em" aria-hidden />
      <div className="notice-body">
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
        {actions && <div className="row notice-actions">{actions}</div>}
      </div>
    </div>
  );
}

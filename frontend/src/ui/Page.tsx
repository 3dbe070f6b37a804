import { useEffect, type ReactNode } from "react";

import { cx } from "./cx";
import "./page.css";

export interface PageHeaderProps {
  title: string;
  /** 标题下一行：单位、期次、状态签。 */
  lead?: ReactNode;
  actions?: ReactNode;
  /** 上一级的链接。 */
  back?: ReactNode;
}

/** 页题：同时是浏览器标签页的名字。 */
export function PageHeader({ title, lead, actions, back }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · 政务公开台账`;
  }, [title]);
  return (
    <header className="page-head">
      <div className="page-head-text">
        {back && <nav aria-label="上级页面" className="page-back">{back}</nav>}
        <h1 tabIndex={-1}>{title}</h1>
        {lead && <div className="page-lead">{lead}</div>}
      </div>
      {actions && <div className="row page-actions">{actions}</div>}
    </header>
  );
}

export interface CardProps {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
  /** 顶上双线，如账册；一页只给主表、主卷。 */
  ledger?: boolean | undefined;
  level?: 2 | 3;
}

/** 一张卡。 */
export function Card({ title, actions, children, className, ledger, level = 2 }: CardProps) {
  const Title = level === 2 ? "h2" : "h3";
  return (
    <section className={cx("card", ledger && "card-ledger", className)}>
      {(title || actions) && (
        <div className="row-between card-head">
          {title && <Title>{title}</Title>}
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}

/** 名与值的清单。 */
export function Facts({ items }: { items: readonly { label: string; value: ReactNode }[] }) {
  return (
    <dl className="facts">
      {items.map((item) => (
        <div key={item.label}>
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** 折起的一段。 */
export function Fold({ summary, children, open }: { summary: ReactNode; children: ReactNode; open?: boolean }) {
  return (
    <details className="fold" open={open}>
      <summary>{summary}</summary>
      <div className="fold-body">{children}</div>
    </details>
  );
}

/** 细条：完成了几成。旁边必有字。 */
export function Meter({ value, tone = "blue" }: { value: number; tone?: "blue" | "seal" | "bamboo" | "ochre" }) {
  const width = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <svg className={`meter meter-${tone}`} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden>
      <rect className="meter-track" width="100" height="6" rx="3" />
      <rect className="meter-fill" width={width} height="6" rx="3" />
    </svg>
  );
}

import type { ReactNode } from "react";

import { cx } from "./cx";

import "./cardlist.css";

/** 窄屏上代替表格的卡片清单。 */
export function CardList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className="card-list" aria-label={label}>
      {children}
    </ul>
  );
}

/** 清单里的一张卡；题在上，其余由使用者排。 */
export function ListCard({ head, className, children }: { head: ReactNode; className?: string | undefined; children: ReactNode }) {
  return (
    <li className={cx("list-card", className)}>
      <div className="list-card-head">{head}</div>
      {children}
    </li>
  );
}

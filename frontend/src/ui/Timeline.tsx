import type { ReactNode } from "react";

import { showTime } from "@/lib/dates";

import "./timeline.css";

export interface TimelineItem {
  id: string;
  title: ReactNode;
  at: string;
  who: string;
  text?: ReactNode;
  tone?: "ink" | "blue" | "seal" | "bamboo" | "ochre" | undefined;
}

/** 经过：先后有序。 */
export function Timeline({ items }: { items: readonly TimelineItem[] }) {
  return (
    <ol className="timeline">
      {items.map((item) => (
        <li key={item.id} className={`timeline-item timeline-${item.tone ?? "ink"}`}>
          <p className="timeline-title">{item.title}</p>
          <p className="muted small">
            <time dateTime={item.at}>{showTime(item.at)}</time>　{item.who}
          </p>
          {item.text && <div className="timeline-text">{item.text}</div>}
        </li>
      ))}
    </ol>
  );
}

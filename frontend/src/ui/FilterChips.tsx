import { cx } from "./cx";
import type { TagTone } from "./Tag";
import "./chips.css";

export interface Chip<Id extends string> {
  id: Id;
  label: string;
  count?: number | undefined;
  tone?: TagTone | undefined;
}

/** 快捷签：一排常用的筛选，带数，再按一次取消。 */
export function FilterChips<Id extends string>({ label, items, value, onChange }: { label: string; items: readonly Chip<Id>[]; value: Id | null; onChange: (value: Id | null) => void }) {
  return (
    <div className="chips" role="group" aria-label={label}>
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          className={cx("chip", item.tone && item.count !== 0 && `chip-${item.tone}`)}
          aria-pressed={value === item.id}
          onClick={() => onChange(value === item.id ? null : item.id)}
        >
          {item.label}
          {item.count !== undefined && <b>{item.count}</b>}
        </button>
      ))}
    </div>
  );
}

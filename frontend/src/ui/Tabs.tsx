import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from "react";

import "./tabs.css";

export interface TabItem<Id extends string> {
  id: Id;
  label: ReactNode;
  children: ReactNode;
}

/** 页签。选中哪一页由外面管（放进地址）。左右键换页，Home、End 到头；自写，因为库里的要多载三十 KB。 */
export function Tabs<Id extends string>({ label, items, value, onChange }: { label: string; items: readonly TabItem<Id>[]; value: Id; onChange: (id: Id) => void }) {
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const at = items.findIndex((item) => item.id === value);
  const go = (index: number) => {
    const item = items[(index + items.length) % items.length];
    if (!item) return;
    onChange(item.id);
    list.current?.querySelector<HTMLElement>(`[id="${base}-${item.id}"]`)?.focus();
  };
  // 窄屏上页签横着滚，选中的那一个要在眼前
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (list.current && tab) list.current.scrollLeft = tab.offsetLeft + tab.offsetWidth / 2 - list.current.clientWidth / 2;
  }, [value]);
  const keys = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const target = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    go(target);
  };
  return (
    <div className="tabs">
      <div ref={list} className="tab-list" role="tablist" aria-label={label} tabIndex={-1} onKeyDown={keys}>
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            role="tab"
            id={`${base}-${item.id}`}
            className="tab"
            aria-selected={item.id === value}
            aria-controls={item.id === value ? `${base}-panel` : undefined}
            tabIndex={item.id === value ? 0 : -1}
            onClick={() => onChange(item.id)}
          >
            {item.label}
          </button>
        ))}
      </div>
      <div className="tab-panel" role="tabpanel" id={`${base}-panel`} aria-labelledby={`${base}-${value}`}>
        {items[at]?.children}
      </div>
    </div>
  );
}

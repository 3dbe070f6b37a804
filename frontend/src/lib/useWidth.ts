/** 版面宽度按“能放几个字”算：窗口窄、字号大、浏览器放大，都会变窄。 */

import { useSyncExternalStore } from "react";

export type Width = "narrow" | "medium" | "wide";

const NARROW = 46;
const WIDE = 84;

function measure(): Width {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const room = window.innerWidth / rem;
  if (room < NARROW) return "narrow";
  return room < WIDE ? "medium" : "wide";
}

let current: Width | null = null;
const listeners = new Set<() => void>();

function update(): void {
  const next = measure();
  document.documentElement.dataset["width"] = next;
  if (next === current) return;
  current = next;
  for (const listener of listeners) listener();
}

/** 启动时与字号改变时调用；样式表据 html[data-width] 排版。 */
export function watchWidth(): void {
  update();
  window.addEventListener("resize", update);
  new MutationObserver(update).observe(document.documentElement, { attributeFilter: ["data-size"] });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useWidth(): Width {
  return useSyncExternalStore(subscribe, () => current ?? "wide");
}

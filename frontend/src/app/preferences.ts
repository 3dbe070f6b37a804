/** 偏好：字号（标准、大、特大）与配色，存在本机；首绘由 public/theme.js 先套上。 */

import { useSyncExternalStore } from "react";

export type Size = "standard" | "large" | "xlarge";
export type Theme = "auto" | "light" | "dark" | "contrast";

export interface Preferences {
  size: Size;
  theme: Theme;
}

const KEY = "taizhang.preferences";
const DARK = "(prefers-color-scheme: dark)";
const CONTRAST = "(prefers-contrast: more)";

export const SIZES: readonly { id: Size; label: string }[] = [
  { id: "standard", label: "标准" },
  { id: "large", label: "大" },
  { id: "xlarge", label: "特大" },
];

export const THEMES: readonly { id: Theme; label: string }[] = [
  { id: "auto", label: "随系统" },
  { id: "light", label: "浅色" },
  { id: "dark", label: "深色" },
  { id: "contrast", label: "高对比" },
];

function load(): Preferences {
  try {
    const saved = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Preferences>;
    return {
      size: SIZES.some((size) => size.id === saved.size) ? (saved.size as Size) : "standard",
      theme: THEMES.some((theme) => theme.id === saved.theme) ? (saved.theme as Theme) : "auto",
    };
  } catch {
    return { size: "standard", theme: "auto" };
  }
}

let current = load();
const listeners = new Set<() => void>();

/** 随系统时，系统要深色、要高对比都照办。 */
function asked(theme: Theme, query: string): boolean {
  return current.theme === theme || (current.theme === "auto" && window.matchMedia(query).matches);
}

function apply(): void {
  const { dataset } = document.documentElement;
  dataset["theme"] = asked("dark", DARK) ? "dark" : "light";
  dataset["contrast"] = asked("contrast", CONTRAST) ? "more" : "normal";
  dataset["size"] = current.size;
}

export function watchPreferences(): void {
  apply();
  for (const query of [DARK, CONTRAST]) window.matchMedia(query).addEventListener("change", apply);
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // 存不下就只管这一次
  }
  apply();
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

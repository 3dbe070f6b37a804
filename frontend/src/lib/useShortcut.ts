import { useEffect, useEffectEvent } from "react";

/** 随处按 Ctrl（苹果机 ⌘）加一个键；拼音输入途中不算。 */
export function useShortcut(key: string, run: (() => void) | undefined): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || event.key.toLowerCase() !== key.toLowerCase()) return;
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || !run) return;
    event.preventDefault();
    run();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
}

/** 键帽上的字。 */
export function shortcutWords(key: string): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? `⌘${key}` : `Ctrl ${key}`;
}

import { useVirtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";

export interface VirtualRows {
  /** 滚动的框。 */
  frame: RefObject<HTMLElement | null>;
  count: number;
  /** 一行大约多高（px），量过就按量的。 */
  height: number;
  /** 看得见的之外多画几行。 */
  spare: number;
  keyOf?: ((index: number) => number) | undefined;
}

/** 上千行只画看得见的几行。没有开 React Compiler，与它不相容无妨。 */
export function useVirtualRows({ frame, count, height, spare, keyOf }: VirtualRows) {
  // oxlint-disable-next-line react/incompatible-library
  return useVirtualizer({ count, getScrollElement: () => frame.current, estimateSize: () => height, overscan: spare, ...(keyOf ? { getItemKey: keyOf } : {}) });
}

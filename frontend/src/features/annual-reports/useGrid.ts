import { useEffect, useMemo, useState } from "react";

import { toast } from "@/ui/Toast";

import { GridControl, type GridOptions, type Selection } from "./gridControl";

function saidPasted(landed: number, kept: number): void {
  toast.ok(`粘贴了 ${landed} 格${kept > 0 ? `；${kept} 格锁住的（总计等）没有改` : ""}`);
}

/** 把一张表的操作接到页面上；选中的一块，一行一组。 */
export function useGrid(given: Omit<GridOptions, "onSelect" | "onPasted">): { control: GridControl; selected: string[][] } {
  const [selection, onSelect] = useState<Selection | null>(null);
  const options: GridOptions = { ...given, onSelect, onPasted: saidPasted };
  const [control] = useState(() => new GridControl(options));
  useEffect(() => control.use(options));
  const { geometry } = given;
  const selected = useMemo(() => (selection && selection.anchor !== selection.head ? geometry.range(selection.anchor, selection.head) : []), [selection, geometry]);
  return { control, selected };
}

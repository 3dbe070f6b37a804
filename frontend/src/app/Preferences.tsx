import { RadioGroup } from "@/ui/Checkbox";

import { setPreferences, SIZES, THEMES, usePreferences } from "./preferences";

/** 字号开关，常驻页头。 */
export function SizeSwitch({ labelHidden = true }: { labelHidden?: boolean }) {
  const { size } = usePreferences();
  return <RadioGroup segmented labelHidden={labelHidden} label="字号" value={size} options={SIZES} onChange={(next) => setPreferences({ size: next })} />;
}

/** 配色开关。 */
export function ThemeSwitch({ labelHidden = true }: { labelHidden?: boolean }) {
  const { theme } = usePreferences();
  return <RadioGroup segmented labelHidden={labelHidden} label="配色" value={theme} options={THEMES} onChange={(next) => setPreferences({ theme: next })} />;
}

/** 手机页头放不下三段，按一下换一档。 */
export function SizeCycle() {
  const { size } = usePreferences();
  const at = SIZES.findIndex((item) => item.id === size);
  const next = SIZES[(at + 1) % SIZES.length] ?? SIZES[0];
  return (
    <button type="button" className="size-cycle" aria-label={`字号：${SIZES[at]?.label ?? "标准"}，点按换为${next?.label ?? ""}`} onClick={() => next && setPreferences({ size: next.id })}>
      <span aria-hidden>字</span>
      <span aria-hidden>字</span>
    </button>
  );
}

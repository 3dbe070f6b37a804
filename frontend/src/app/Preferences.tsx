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

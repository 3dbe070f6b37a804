import { useEffect, useState } from "react";

import { TextField } from "./TextField";

/** 搜索：停手 300 毫秒或按回车即查；拼音输入途中不查。 */
export function SearchField({ label, value, onChange, placeholder }: { label: string; value: string; onChange: (value: string) => void; placeholder?: string }) {
  const [typed, setTyped] = useState(value);
  const [composing, setComposing] = useState(false);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (composing || typed === value) return undefined;
    const timer = setTimeout(() => onChange(typed), 300);
    return () => clearTimeout(timer);
  }, [typed, value, composing, onChange]);
  return (
    <TextField
      type="search"
      label={label}
      value={typed}
      placeholder={placeholder}
      onChange={setTyped}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.nativeEvent.isComposing) onChange(typed);
      }}
    />
  );
}

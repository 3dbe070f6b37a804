import { useEffect, useId, useRef, type ReactNode } from "react";

import { cx } from "./cx";
import { FieldGroup, type FieldProps } from "./Field";

export interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
  /** 名字只给读屏（表格里的行选）。 */
  labelHidden?: boolean | undefined;
  some?: boolean | undefined;
  disabled?: boolean | undefined;
  className?: string | undefined;
}

/** 勾选。`some` 为部分选中。 */
export function Checkbox({ checked, onChange, children, labelHidden, some = false, disabled, className }: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = some && !checked;
  }, [some, checked]);
  return (
    <label className={cx("check", className)}>
      <input ref={box} type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      <span className={labelHidden ? "visually-hidden" : undefined}>{children}</span>
    </label>
  );
}

export interface RadioGroupProps<Id extends string> extends FieldProps {
  value: Id | null;
  options: readonly { id: Id; label: ReactNode; hint?: ReactNode }[];
  onChange: (value: Id) => void;
  /** 横排成一条，选中的那段填色。 */
  segmented?: boolean | undefined;
  disabled?: boolean | undefined;
}

/** 单选。 */
export function RadioGroup<Id extends string>({ value, options, onChange, segmented, disabled, ...field }: RadioGroupProps<Id>) {
  const name = useId();
  return (
    <FieldGroup {...field}>
      <div className={segmented ? "segmented" : "radios"}>
        {options.map((option) => (
          <label key={option.id} className={segmented ? "segment" : "check"}>
            <input type="radio" name={name} checked={value === option.id} disabled={disabled} onChange={() => onChange(option.id)} />
            <span>
              {option.label}
              {option.hint && <small className="muted"> {option.hint}</small>}
            </span>
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}

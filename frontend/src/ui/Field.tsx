import { useId, type ReactNode } from "react";

import { cx } from "./cx";
import "./field.css";

export interface FieldProps {
  label: ReactNode;
  /** 名字不显示，只给读屏。 */
  labelHidden?: boolean | undefined;
  hint?: ReactNode;
  error?: string | null | undefined;
  required?: boolean | undefined;
  className?: string | undefined;
}

export interface Wiring {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  "aria-required": true | undefined;
}

/** 一个字段的外框：名字、说明、报错，并把它们连到控件上。 */
export function Field({
  label,
  labelHidden,
  hint,
  error,
  required,
  className,
  after,
  children,
}: FieldProps & { after?: ReactNode; children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  return (
    <div className={cx("field", error && "field-wrong", className)}>
      <label className={labelHidden ? "visually-hidden" : "field-label"} htmlFor={id}>
        {label}
        {required && <span className="field-required">（必填）</span>}
      </label>
      {hint && (
        <p className="field-hint" id={hintId}>
          {hint}
        </p>
      )}
      {children({
        id,
        "aria-describedby": [hintId, errorId].filter(Boolean).join(" ") || undefined,
        "aria-invalid": error ? true : undefined,
        "aria-required": required ? true : undefined,
      })}
      {after}
      {error && (
        <p className="field-error" id={errorId}>
          {error}
        </p>
      )}
    </div>
  );
}

/** 一组字段的外框（单选、多个勾选）。 */
export function FieldGroup({ label, labelHidden, hint, error, required, className, children }: FieldProps & { children: ReactNode }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return (
    <fieldset className={cx("field", "fieldset", error && "field-wrong", className)} aria-describedby={described}>
      <legend className={labelHidden ? "visually-hidden" : "field-label"}>
        {label}
        {required && <span className="field-required">（必填）</span>}
      </legend>
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      {error && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

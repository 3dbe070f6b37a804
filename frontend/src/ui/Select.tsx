import { Field, type FieldProps } from "./Field";

export interface Option<Id extends string = string> {
  id: Id;
  label: string;
  disabled?: boolean;
}

export interface SelectProps<Id extends string> extends FieldProps {
  value: Id | "";
  options: readonly Option<Id>[];
  onChange: (value: Id | "") => void;
  /** 空值的话，如“全部”；不给则不许空。 */
  empty?: string | undefined;
  disabled?: boolean | undefined;
}

/** 下拉。用浏览器自带的：手机、读屏、旧内核都熟。 */
export function Select<Id extends string>({ label, labelHidden, hint, error, required, className, value, options, onChange, empty, disabled }: SelectProps<Id>) {
  return (
    <Field {...{ label, labelHidden, hint, error, required, className }}>
      {(wiring) => (
        <select {...wiring} className="input select" value={value} disabled={disabled} onChange={(event) => onChange(event.target.value as Id | "")}>
          {empty !== undefined && <option value="">{empty}</option>}
          {options.map((option) => (
            <option key={option.id} value={option.id} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

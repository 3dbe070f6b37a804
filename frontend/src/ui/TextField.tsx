import type { InputHTMLAttributes, ReactNode, Ref, TextareaHTMLAttributes } from "react";

import { Field, type FieldProps } from "./Field";

type InputRest = Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value" | "className" | "required">;

export interface TextFieldProps extends FieldProps, InputRest {
  value: string;
  onChange: (value: string) => void;
  inputRef?: Ref<HTMLInputElement> | undefined;
  after?: ReactNode;
}

/** 单行文字。 */
export function TextField({ label, labelHidden, hint, error, required, className, value, onChange, inputRef, after, ...rest }: TextFieldProps) {
  return (
    <Field {...{ label, labelHidden, hint, error, required, className, after }}>
      {(wiring) => (
        <input type="text" {...rest} {...wiring} ref={inputRef} className="input" value={value} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}

/** 动态口令，也收恢复码：手机上由系统带出，不进密码管理器。 */
export function OtpField(props: Omit<TextFieldProps, "type" | "autoComplete">) {
  return <TextField {...props} type="text" autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} maxLength={40} />;
}

type AreaRest = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "onChange" | "value" | "className" | "required" | "maxLength">;

export interface TextAreaProps extends FieldProps, AreaRest {
  value: string;
  onChange: (value: string) => void;
  /** 只提示，不截断：粘贴超长时让人自己删。 */
  limit?: number | undefined;
  areaRef?: Ref<HTMLTextAreaElement> | undefined;
  after?: ReactNode;
}

/** 多行文字，随内容长高。 */
export function TextArea({ label, labelHidden, hint, error, required, className, value, onChange, limit, rows = 4, areaRef, after, ...rest }: TextAreaProps) {
  const over = limit !== undefined && value.length > limit;
  const wrong = error ?? (over ? `最多 ${limit} 字，现有 ${value.length} 字` : undefined);
  return (
    <Field {...{ label, labelHidden, hint, required, className, after }} error={wrong}>
      {(wiring) => (
        <div className="grow" data-value={`${value} `}>
          <textarea {...rest} {...wiring} ref={areaRef} className="input" rows={rows} value={value} onChange={(event) => onChange(event.target.value)} />
        </div>
      )}
    </Field>
  );
}

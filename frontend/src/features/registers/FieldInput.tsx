import type { RegisterField } from "@/api/types";
import { Checkbox } from "@/ui/Checkbox";
import { DateField } from "@/ui/DateField";
import { FieldGroup } from "@/ui/Field";
import { Select } from "@/ui/Select";
import { TextArea, TextField } from "@/ui/TextField";

import type { Value } from "./values";

interface Props {
  field: RegisterField;
  value: Value;
  error?: string | undefined;
  onChange: (value: Value) => void;
}

/** 一格：按栏的种类用合适的控件。 */
export function FieldInput({ field, value, error, onChange }: Props) {
  const shared = { label: field.label, hint: field.hint, required: field.required, error };
  const text = typeof value === "string" ? value : "";
  switch (field.input) {
    case "date":
      return <DateField {...shared} value={typeof value === "string" && value !== "" ? value : null} onChange={onChange} />;
    case "moment":
      return <TextField {...shared} type="datetime-local" value={text} onChange={onChange} />;
    case "choice":
      return <Select {...shared} empty={field.required ? "请选择" : "不填"} value={text} options={field.options.map((option) => ({ id: option.value, label: option.words }))} onChange={onChange} />;
    case "choices":
      return <Choices field={field} value={Array.isArray(value) ? (value as string[]) : []} error={error} onChange={onChange} />;
    case "check":
      return (
        <div className="register-check">
          <Checkbox checked={value === true} onChange={onChange}>
            {field.label}
          </Checkbox>
          {field.hint && <p className="field-hint">{field.hint}</p>}
        </div>
      );
    case "area":
      return <TextArea {...shared} className="register-wide" rows={3} limit={field.longest ?? undefined} value={text} onChange={onChange} />;
    case "integer":
      return <TextField {...shared} inputMode="numeric" value={text} onChange={onChange} />;
    case "amount":
      return <TextField {...shared} inputMode="decimal" value={text} onChange={onChange} />;
    default:
      return <TextField {...shared} maxLength={field.longest ?? undefined} value={text} onChange={onChange} />;
  }
}

function Choices({ field, value, error, onChange }: Omit<Props, "value"> & { value: readonly string[] }) {
  return (
    <FieldGroup label={field.label} hint={field.hint} required={field.required} error={error} className="register-wide">
      <div className="register-choices">
        {field.options.map((option) => (
          <Checkbox key={option.value} checked={value.includes(option.value)} onChange={(on) => onChange(on ? [...value, option.value] : value.filter((item) => item !== option.value))}>
            {option.words}
          </Checkbox>
        ))}
      </div>
    </FieldGroup>
  );
}

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, X } from "lucide-react";
import { useState } from "react";
import { Button, ComboBox, FieldError, I18nProvider, Input, Label, ListBox, ListBoxItem, Popover, Text } from "react-aria-components";

import { allUnitsQuery } from "@/api/query";
import type { Unit } from "@/api/types";

import { cx } from "./cx";
import type { FieldProps } from "./Field";
import "./field.css";
import "./date.css";
import "./unitpicker.css";

export interface UnitPickerProps extends FieldProps {
  value: string | null;
  onChange: (id: string | null) => void;
  /** 只列这些单位，如只列承担任务的。 */
  filter?: ((unit: Unit) => boolean) | undefined;
  placeholder?: string | undefined;
  disabled?: boolean | undefined;
}

/** 全称、简称、别名、代码任一含有所键入的字即算。 */
export function matchesUnit(unit: Pick<Unit, "name" | "short_name" | "aliases" | "code">, typed: string): boolean {
  const text = typed.trim().toLowerCase();
  if (text === "") return true;
  return [unit.name, unit.short_name, unit.code, ...unit.aliases].some((name) => inOrder(name.toLowerCase(), text));
}

/** 字按次序出现即可：“教体局”找得到“教育体育局”。 */
function inOrder(name: string, typed: string): boolean {
  if (name.includes(typed)) return true;
  let at = 0;
  for (const char of typed) {
    at = name.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** 挑一个责任单位：可键入简称、别名。 */
export function UnitPicker({ label, labelHidden, hint, error, required, className, value, onChange, filter, placeholder = "键入单位名称", disabled }: UnitPickerProps) {
  const { data = [] } = useQuery(allUnitsQuery);
  const units = filter ? data.filter(filter) : data;
  const chosen = data.find((unit) => unit.id === value);
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed === null ? units : units.filter((unit) => matchesUnit(unit, typed));
  return (
    <I18nProvider locale="zh-CN">
      <ComboBox
        className={cx("field", error && "field-wrong", className)}
        items={shown}
        inputValue={typed ?? chosen?.name ?? ""}
        onInputChange={(text) => setTyped(text)}
        value={value}
        onChange={(key) => {
          setTyped(null);
          onChange(key === null ? null : String(key));
        }}
        onOpenChange={(open) => !open && setTyped(null)}
        onBlur={() => {
          if (typed === "") onChange(null);
          setTyped(null);
        }}
        menuTrigger="focus"
        allowsEmptyCollection
        isInvalid={Boolean(error)}
        isRequired={required ?? false}
        isDisabled={disabled ?? false}
        validationBehavior="aria"
      >
        <Label className={labelHidden ? "visually-hidden" : "field-label"}>
          {label}
          {required && <span className="field-required">（必填）</span>}
        </Label>
        {hint && (
          <Text slot="description" className="field-hint">
            {hint}
          </Text>
        )}
        <div className="combo">
          <Input className="input" placeholder={placeholder} />
          <Button className="combo-open">
            <ChevronDown size="1.1em" aria-hidden />
          </Button>
        </div>
        {error && <FieldError className="field-error">{error}</FieldError>}
        <Popover className="popover combo-popover">
          <ListBox className="options" renderEmptyState={() => <p className="option muted">没有符合的单位</p>}>
            {(unit: Unit) => (
              <ListBoxItem id={unit.id} textValue={unit.name} className="option">
                <span>{unit.name}</span>
                <span className="muted small">{unit.kind_words}</span>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
    </I18nProvider>
  );
}

/** 挑几个责任单位：上面是已选的，下面接着加。 */
export function UnitsPicker({ value, onChange, filter, ...field }: Omit<UnitPickerProps, "value" | "onChange"> & { value: readonly string[]; onChange: (ids: string[]) => void }) {
  const { data = [] } = useQuery(allUnitsQuery);
  const chosen = value.map((id) => data.find((unit) => unit.id === id)).filter((unit): unit is Unit => unit !== undefined);
  return (
    <div className="stack-tight">
      {chosen.length > 0 && (
        <ul className="picked" aria-label="已选单位">
          {chosen.map((unit) => (
            <li key={unit.id} className="tag tag-blue">
              {unit.short_name || unit.name}
              <button type="button" className="picked-remove" aria-label={`去掉 ${unit.name}`} onClick={() => onChange(value.filter((id) => id !== unit.id))}>
                <X size="1em" aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <UnitPicker
        {...field}
        value={null}
        filter={(unit) => !value.includes(unit.id) && (filter?.(unit) ?? true)}
        onChange={(id) => id !== null && onChange([...value, id])}
      />
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, X } from "lucide-react";
import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from "react";

import { allUnitsQuery } from "@/api/query";
import type { Unit } from "@/api/types";

import { cx } from "./cx";
import { Field, type FieldProps } from "./Field";
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

/** 挑一个责任单位：可键入简称、别名；上下键选，回车定，清空即不选。 */
export function UnitPicker({ value, onChange, filter, placeholder = "键入单位名称", disabled, ...field }: UnitPickerProps) {
  const listId = useId();
  const { data = [] } = useQuery(allUnitsQuery);
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const units = filter ? data.filter(filter) : data;
  const chosen = data.find((unit) => unit.id === value);
  const shown = typed === null ? units : units.filter((unit) => matchesUnit(unit, typed));
  const close = () => {
    setOpen(false);
    setTyped(null);
    setAt(-1);
  };
  const pick = (unit: Unit) => {
    onChange(unit.id);
    close();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const current = shown[at];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setOpen(true);
      setAt(open ? (at + step + shown.length) % Math.max(1, shown.length) : Math.max(0, shown.indexOf(chosen as Unit)));
    } else if (event.key === "Enter" && open && current) {
      event.preventDefault();
      pick(current);
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      close();
    }
  };
  return (
    <Field {...field}>
      {(wiring) => (
        <div ref={box} className="combo">
          <input
            {...wiring}
            ref={input}
            className="input"
            type="text"
            role="combobox"
            autoComplete="off"
            placeholder={placeholder}
            disabled={disabled}
            aria-expanded={open}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={open && at >= 0 && shown[at] ? `${listId}-${at}` : undefined}
            value={typed ?? chosen?.name ?? ""}
            onChange={(event) => {
              setTyped(event.target.value);
              setOpen(true);
              setAt(event.target.value === "" ? -1 : 0);
            }}
            onKeyDown={keys}
            onClick={() => setOpen(true)}
            onFocus={(event) => event.target.select()}
            onBlur={() => {
              if (typed === "") onChange(null);
              close();
            }}
          />
          <button
            type="button"
            className="combo-open"
            tabIndex={-1}
            disabled={disabled}
            aria-label="展开单位"
            onMouseDown={(event) => {
              event.preventDefault();
              input.current?.focus();
              setOpen(!open);
            }}
          >
            <ChevronDown size="1.1em" aria-hidden />
          </button>
          <Options id={listId} anchor={box} open={open} units={shown} at={at} chosen={value} onPick={pick} />
        </div>
      )}
    </Field>
  );
}

interface OptionsProps {
  id: string;
  anchor: RefObject<HTMLDivElement | null>;
  open: boolean;
  units: readonly Unit[];
  at: number;
  chosen: string | null;
  onPick: (unit: Unit) => void;
}

/** 浮在框下（下面放不下就在上）的单位清单；焦点始终在框里。 */
function Options({ id, anchor, open, units, at, chosen, onPick }: OptionsProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = () => {
      const box = anchor.current?.getBoundingClientRect();
      if (!box || !list.current) return;
      const below = window.innerHeight - box.bottom - 8;
      const up = below < 200 && box.top > below;
      const { style } = list.current;
      style.left = `${box.left}px`;
      style.width = `${box.width}px`;
      style.maxHeight = `${Math.min(384, up ? box.top - 8 : below)}px`;
      style.top = up ? "auto" : `${box.bottom + 2}px`;
      style.bottom = up ? `${window.innerHeight - box.top + 2}px` : "auto";
    };
    if (!open) return undefined;
    place();
    window.addEventListener("resize", place);
    window.addEventListener("scroll", place, true);
    return () => {
      window.removeEventListener("resize", place);
      window.removeEventListener("scroll", place, true);
    };
  }, [open, anchor]);
  useEffect(() => {
    if (open && at >= 0) document.getElementById(`${id}-${at}`)?.scrollIntoView?.({ block: "nearest" });
  }, [open, at, id]);
  return (
    <div ref={list} id={id} role="listbox" aria-label="单位" className={cx("options", !open && "options-closed")}>
      {open &&
        units.map((unit, index) => (
          <div
            key={unit.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={unit.id === chosen}
            className={cx("option", index === at && "option-at")}
            onMouseDown={(event) => {
              event.preventDefault();
              onPick(unit);
            }}
          >
            <span>{unit.name}</span>
            <span className="muted small nowrap">{unit.kind_words}</span>
          </div>
        ))}
      {open && units.length === 0 && (
        <div className="option muted" role="option" tabIndex={-1} aria-selected={false} aria-disabled>
          没有符合的单位
        </div>
      )}
    </div>
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

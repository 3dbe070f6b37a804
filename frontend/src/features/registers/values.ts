/** 表单里的值与接口里的值：空着的不送，时刻按北京时间。 */

import type { RegisterField } from "@/api/types";
import { showClock } from "@/lib/dates";

export type Value = string | boolean | readonly string[] | null;
export type Values = Readonly<Record<string, Value>>;

const BEIJING = "+08:00";

/** 接口给的，变成格子里的。 */
export function toValues(fields: readonly RegisterField[], data: Readonly<Record<string, unknown>>): Values {
  return Object.fromEntries(fields.map((field) => [field.name, shown(field, data[field.name])]));
}

function shown(field: RegisterField, value: unknown): Value {
  if (field.input === "check") return value === true;
  if (field.input === "choices") return Array.isArray(value) ? (value as string[]) : [];
  if (value === null || value === undefined) return field.input === "date" ? null : "";
  if (field.input === "moment") return momentText(String(value));
  return String(value);
}

/** 2023-09-20T02:24:00Z → 2023-09-20T10:24 */
export function momentText(iso: string): string {
  const day = new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 10);
  return `${day}T${showClock(iso).padStart(5, "0")}`;
}

export function momentOf(text: string): string | null {
  return text === "" ? null : `${text}:00${BEIJING}`;
}

/** 格子里的，变成接口要的；数字写得不像数字的照送，由服务器指出。 */
export function toData(fields: readonly RegisterField[], values: Values): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.name, sent(field, values[field.name] ?? null)]));
}

function sent(field: RegisterField, value: Value): unknown {
  if (typeof value !== "string") return value;
  const text = value.trim();
  if (text === "") return null;
  if (field.input === "integer") return /^-?\d+$/.test(text) ? Number(text) : text;
  if (field.input === "moment") return momentOf(text);
  return text;
}

/** 必填而空着的。 */
export function missing(fields: readonly RegisterField[], values: Values): Record<string, string> {
  return Object.fromEntries(
    fields
      .filter((field) => field.required && blank(values[field.name] ?? null))
      .map((field) => [field.name, field.input === "choice" || field.input === "choices" || field.input === "date" ? `请选择${field.label}` : `请填写${field.label}`]),
  );
}

function blank(value: Value): boolean {
  return value === null || (typeof value === "string" ? value.trim() === "" : typeof value !== "boolean" && value.length === 0);
}

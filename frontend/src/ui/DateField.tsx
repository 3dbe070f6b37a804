import { CalendarDate, parseDate } from "@internationalized/date";
import { CalendarDays, ChevronLeft, ChevronRight } from "lucide-react";
import type { ClipboardEvent } from "react";
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  FieldError,
  Group,
  Heading,
  I18nProvider,
  Label,
  Popover,
  Text,
} from "react-aria-components";

import { partsOf, readDate } from "@/lib/dates";
import { today } from "@/lib/today";

import { cx } from "./cx";
import type { FieldProps } from "./Field";
import "./field.css";
import "./date.css";

export interface DateFieldProps extends FieldProps {
  value: string | null;
  onChange: (value: string | null) => void;
  min?: string | undefined;
  max?: string | undefined;
  disabled?: boolean | undefined;
}

// 键入两位年会成公元 26 年，故有下限
const EARLIEST = new CalendarDate(1990, 1, 1);

function dateOf(iso: string | null | undefined): CalendarDate | null {
  return iso && partsOf(iso) ? parseDate(iso) : null;
}

/** 日期：分段键入、日历挑选，也认整段粘贴（2026-11-05、2026年11月5日、20261105）。 */
export function DateField({ label, labelHidden, hint, error, required, className, value, onChange, min, max, disabled }: DateFieldProps) {
  const paste = (event: ClipboardEvent) => {
    const date = readDate(event.clipboardData.getData("text"), Number(today().slice(0, 4)));
    if (date === null || disabled) return;
    event.preventDefault();
    onChange(date);
  };
  return (
    <I18nProvider locale="zh-CN">
      <DatePicker
        className={cx("field", error && "field-wrong", className)}
        value={dateOf(value)}
        onChange={(date) => onChange(date?.toString() ?? null)}
        placeholderValue={dateOf(today())}
        minValue={dateOf(min) ?? EARLIEST}
        maxValue={dateOf(max)}
        isInvalid={Boolean(error)}
        isRequired={required ?? false}
        isDisabled={disabled ?? false}
        validationBehavior="aria"
        shouldForceLeadingZeros
        firstDayOfWeek="mon"
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
        <Group className="input date-group" onPaste={paste}>
          <DateInput className="date-input">{(segment) => <DateSegment segment={segment} className="date-segment" />}</DateInput>
          <Button className="date-open">
            <CalendarDays size="1.15em" aria-hidden />
          </Button>
        </Group>
        {error && <FieldError className="field-error">{error}</FieldError>}
        <Popover className="popover">
          <Dialog className="calendar-dialog">
            <Calendar className="calendar">
              <header>
                <Button slot="previous" className="calendar-turn">
                  <ChevronLeft size="1.2em" aria-hidden />
                </Button>
                <Heading />
                <Button slot="next" className="calendar-turn">
                  <ChevronRight size="1.2em" aria-hidden />
                </Button>
              </header>
              <CalendarGrid weekdayStyle="short">
                <CalendarGridHeader>{(day) => <CalendarHeaderCell>{day.replace("周", "")}</CalendarHeaderCell>}</CalendarGridHeader>
                <CalendarGridBody>{(date) => <CalendarCell date={date} className="calendar-cell" />}</CalendarGridBody>
              </CalendarGrid>
            </Calendar>
          </Dialog>
        </Popover>
      </DatePicker>
    </I18nProvider>
  );
}

import type { ReactNode } from "react";

import { partsOf } from "@/lib/dates";
import { WEEK, weeksOf, type Month } from "@/lib/months";

import { cx } from "./cx";
import "./monthgrid.css";

export interface DayLook {
  /** 休、班、起……一个字；形与字，不只靠颜色。 */
  mark?: string | undefined;
  tone?: "off" | "work" | "counted" | "paused" | "due" | "start" | "weekend" | undefined;
  /** 读屏听到的，如“国庆节放假”。 */
  words?: string | undefined;
  /** 给了就是按钮。 */
  onPress?: (() => void) | undefined;
}

/** 一个月的月历。每天什么样由 `look` 说。 */
export function MonthGrid({ year, month, look }: Month & { look: (iso: string) => DayLook }) {
  return (
    <table className="month">
      <caption>
        {year}年{month}月
      </caption>
      <thead>
        <tr>
          {WEEK.map((day) => (
            <th key={day} scope="col">
              <span className="visually-hidden">星期</span>
              {day}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf({ year, month }).map((week, index) => (
          <tr key={index}>
            {week.map((iso, place) => (iso === null ? <td key={place} /> : <Day key={place} iso={iso} look={look(iso)} />))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ iso, look }: { iso: string; look: DayLook }) {
  const inside: ReactNode = (
    <>
      <span className="month-day">{partsOf(iso)?.day}</span>
      {look.mark && (
        <span className="month-mark" aria-hidden={look.words ? true : undefined}>
          {look.mark}
        </span>
      )}
      {look.words && <span className="visually-hidden">，{look.words}</span>}
    </>
  );
  return (
    <td className={cx("month-cell", look.tone && `month-${look.tone}`)}>
      {look.onPress ? (
        <button type="button" onClick={look.onPress}>
          {inside}
        </button>
      ) : (
        <span className="month-box">{inside}</span>
      )}
    </td>
  );
}

/** 一排月历，宽了多放几个。 */
export function Months({ months, look, label }: { months: readonly Month[]; look: (iso: string) => DayLook; label: string }) {
  return (
    <div className="months" role="group" aria-label={label}>
      {months.map((each) => (
        <MonthGrid key={`${each.year}-${each.month}`} {...each} look={look} />
      ))}
    </div>
  );
}

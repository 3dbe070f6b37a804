/** 日期是 "2023-09-20" 这样的文字，不经时区；时刻只在 showTime 里换成北京时间。 */

const DAY = 86_400_000;

export interface DateParts {
  year: number;
  month: number;
  day: number;
}

function real({ year, month, day }: DateParts): boolean {
  // 年份正键入到一半时只有一两位，Date.UTC 会把它们当作 19xx 年
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

export function isoOf({ year, month, day }: DateParts): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

export function partsOf(iso: string): DateParts | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!match) return null;
  const parts = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  return real(parts) ? parts : null;
}

const PATTERNS = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];
const WITHOUT_YEAR = [/^(\d{1,2})月(\d{1,2})[日号]?$/, /^(\d{1,2})[-/](\d{1,2})$/];

/** 认人们写日期的几种样子：2023-11-05、2023/11/5、2023年11月5日、20231105；没写年的按 `year`。 */
export function readDate(text: string, year?: number): string | null {
  const clean = text
    .trim()
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[T\s]+\d{1,2}:\d{2}.*$/, "")
    .replace(/\s+/g, "");
  for (const pattern of PATTERNS) {
    const match = pattern.exec(clean);
    if (match) {
      const parts = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
      return real(parts) ? isoOf(parts) : null;
    }
  }
  if (year === undefined) return null;
  for (const pattern of WITHOUT_YEAR) {
    const match = pattern.exec(clean);
    if (match) {
      const parts = { year, month: Number(match[1]), day: Number(match[2]) };
      return real(parts) ? isoOf(parts) : null;
    }
  }
  return null;
}

/** 2023年9月20日 */
export function showDate(iso: string | null | undefined, empty = "—"): string {
  const parts = iso ? partsOf(iso.slice(0, 10)) : null;
  return parts ? `${parts.year}年${parts.month}月${parts.day}日` : empty;
}

/** 9月20日；不在 `year` 那年的带上年份。 */
export function showDay(iso: string | null | undefined, year?: number, empty = "—"): string {
  const parts = iso ? partsOf(iso.slice(0, 10)) : null;
  if (!parts) return empty;
  const day = `${parts.month}月${parts.day}日`;
  return year === undefined || parts.year === year ? day : `${parts.year}年${day}`;
}

const WEEKDAYS = "日一二三四五六";

export function showWeekday(iso: string): string {
  return `星期${WEEKDAYS[new Date(`${iso}T00:00:00Z`).getUTCDay()] ?? ""}`;
}

/** 相差几天：`to` 在后为正。 */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

const BEIJING = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

function beijing(iso: string | Date): Record<string, string> {
  const out: Record<string, string> = {};
  for (const part of BEIJING.formatToParts(typeof iso === "string" ? new Date(iso) : iso)) out[part.type] = part.value;
  return out;
}

/** 2023年9月20日 10:24（北京时间） */
export function showTime(iso: string | null | undefined, empty = "—"): string {
  if (!iso) return empty;
  const at = beijing(iso);
  return `${at["year"]}年${at["month"]}月${at["day"]}日 ${at["hour"]}:${at["minute"]}`;
}

/** 10:24 */
export function showClock(at: string | Date): string {
  const parts = beijing(at);
  return `${parts["hour"]}:${parts["minute"]}`;
}

/** 期限的话：今日到期、还有 3 天、逾期 2 天。 */
export function dueWords(today: string, due: string): string {
  const days = daysBetween(today, due);
  if (days === 0) return "今日到期";
  return days > 0 ? `还有 ${days} 天` : `逾期 ${-days} 天`;
}

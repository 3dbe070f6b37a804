/** 业务日期（演示时定在某日），由会话层告知；没登录时按本机。 */

let day: string | null = null;

export function setToday(iso: string | null): void {
  day = iso;
}

export function today(): string {
  return day ?? new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** 数字的写法。 */

export function showSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export interface Rate {
  numerator: number;
  denominator: number;
  value?: number | null;
}

/** 小分母不写百分数：3/4 写“4 项中 3 项”，免得一两项就大起大落。 */
export function showRate(rate: Rate, unit = "项"): string {
  if (rate.denominator === 0) return "无应计";
  if (rate.denominator < 10) return `${rate.denominator} ${unit}中 ${rate.numerator} ${unit}`;
  return `${((rate.numerator / rate.denominator) * 100).toFixed(1)}%`;
}

export function showCount(count: number): string {
  return count.toLocaleString("zh-CN");
}

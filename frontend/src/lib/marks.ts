/** 把正文按起止位置切开，好给其中的要求加标记。位置按 Unicode 字符计，与后端（Python）一致。 */

export interface Span<Id> {
  id: Id;
  start: number;
  end: number;
}

export interface Segment<Id> {
  text: string;
  ids: Id[];
}

export function segments<Id>(text: string, spans: readonly Span<Id>[]): Segment<Id>[] {
  const chars = [...text];
  const sound = spans.filter((span) => span.start >= 0 && span.end > span.start && span.start < chars.length);
  const cuts = [...new Set([0, chars.length, ...sound.flatMap((span) => [span.start, Math.min(span.end, chars.length)])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? chars.length;
    return { text: chars.slice(from, to).join(""), ids: sound.filter((span) => span.start <= from && span.end >= to).map((span) => span.id) };
  });
}

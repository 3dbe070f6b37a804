export interface UnitsSearch {
  q?: string;
  kind?: string;
}

export function unitsSearch(search: Record<string, unknown>): UnitsSearch {
  const text = (name: string) => (typeof search[name] === "string" && search[name] !== "" ? (search[name] as string) : undefined);
  const q = text("q");
  const kind = text("kind");
  return { ...(q ? { q } : {}), ...(kind ? { kind } : {}) };
}

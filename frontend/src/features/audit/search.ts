export interface AuditSearch {
  q?: string;
  action?: string;
}

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  const text = (name: string) => (typeof search[name] === "string" && search[name] !== "" ? (search[name] as string) : undefined);
  const q = text("q");
  const action = text("action");
  return { ...(q ? { q } : {}), ...(action ? { action } : {}) };
}

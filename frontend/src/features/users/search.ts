import type { Role } from "@/api/types";

export interface UsersSearch {
  q?: string;
  role?: Role;
  unit?: string;
  page?: number;
}

export const ROLES: readonly { id: Role; label: string }[] = [
  { id: "reporter", label: "信息员" },
  { id: "signer", label: "分管领导" },
  { id: "office", label: "政务公开科" },
  { id: "auditor", label: "第三方" },
  { id: "admin", label: "系统管理员" },
  { id: "audit", label: "审计员" },
];

export function usersSearch(search: Record<string, unknown>): UsersSearch {
  const text = (name: string) => (typeof search[name] === "string" && search[name] !== "" ? (search[name] as string) : undefined);
  const page = Number(search["page"]);
  const found = { q: text("q"), role: ROLES.find((role) => role.id === search["role"])?.id, unit: text("unit"), page: Number.isInteger(page) && page > 1 ? page : undefined };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as UsersSearch;
}

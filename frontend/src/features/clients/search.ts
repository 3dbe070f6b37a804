export interface ClientsSearch {
  page?: number;
}

export function clientsSearch(search: Record<string, unknown>): ClientsSearch {
  const page = Number(search["page"]);
  return Number.isInteger(page) && page > 1 ? { page } : {};
}

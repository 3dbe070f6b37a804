import { useQueries } from "@tanstack/react-query";

import { api } from "@/api/client";
import type { Assignment, Page } from "@/api/types";
import { useRole } from "@/app/session";
import { FilterChips, type Chip } from "@/ui/FilterChips";

import type { LedgerSearch } from "./search";

type ChipId = "red" | "yellow" | "blue" | "green" | "review";

const PARTS: Record<ChipId, { label: string; tone: NonNullable<Chip<ChipId>["tone"]>; search: LedgerSearch }> = {
  red: { label: "逾期", tone: "seal", search: { light: "red" } },
  yellow: { label: "临期", tone: "ochre", search: { light: "yellow" } },
  review: { label: "等我办理", tone: "blue", search: { review: true } },
  green: { label: "按期", tone: "bamboo", search: { light: "green" } },
  blue: { label: "长期推进", tone: "blue", search: { light: "blue" } },
};

/** 一排带数的快捷签；数随其余条件变。 */
export function QuickChips({ search, onChange }: { search: LedgerSearch; onChange: (part: Partial<Record<keyof LedgerSearch, unknown>>) => void }) {
  const acts = useRole("signer", "office");
  const ids = (Object.keys(PARTS) as ChipId[]).filter((id) => id !== "review" || acts);
  const { light: _light, review: _review, ...rest } = search;
  const counts = useQueries({
    queries: ids.map((id) => {
      const query = { ...rest, ...PARTS[id].search, size: 1 };
      return {
        queryKey: ["assignments", "count", query],
        queryFn: async ({ signal }: { signal: AbortSignal }) => (await api.get<Page<Assignment>>("/assignments", query, signal)).total,
      };
    }),
  });
  const value = search.review ? "review" : (search.light ?? null);
  return (
    <FilterChips
      label="快捷筛选"
      value={value}
      items={ids.map((id, index) => ({ id, label: PARTS[id].label, tone: PARTS[id].tone, count: counts[index]?.data }))}
      onChange={(id) => onChange({ light: undefined, review: undefined, ...(id ? PARTS[id].search : {}) })}
    />
  );
}

import { useQuery } from "@tanstack/react-query";

import { every } from "@/api/client";
import { plansQuery } from "@/api/query";
import type { Task } from "@/api/types";
import { useRole } from "@/app/session";
import { Button } from "@/ui/Button";
import { SearchField } from "@/ui/SearchField";
import { Select } from "@/ui/Select";
import { UnitPicker } from "@/ui/UnitPicker";

import type { LedgerSearch } from "./search";

const STATES = [
  { id: "not_started", label: "未启动" },
  { id: "in_progress", label: "推进中" },
  { id: "continuing", label: "持续推进" },
  { id: "completed", label: "已完成" },
] as const;

const ROLES = [
  { id: "lead", label: "牵头" },
  { id: "support", label: "配合" },
  { id: "responsible", label: "责任" },
] as const;

/** 筛选：关键字、分解表、类别、单位、状态、分工。 */
export function LedgerFilters({ search, onChange }: { search: LedgerSearch; onChange: (part: Partial<Record<keyof LedgerSearch, unknown>>) => void }) {
  const whole = !useRole("reporter", "signer");
  const { data: plans } = useQuery(plansQuery);
  const issued = plans?.items.filter((plan) => plan.status !== "draft") ?? [];
  const categories = useCategories(search.plan ?? issued[0]?.id);
  const used = Object.keys(search).length > 0;
  return (
    <search className="filters no-print">
      <SearchField label="关键字" value={search.q ?? ""} placeholder="任务、单位名称" onChange={(q) => onChange({ q })} />
      {issued.length > 1 && <Select label="分解表" empty="全部" value={search.plan ?? ""} options={issued.map((plan) => ({ id: plan.id, label: `${plan.year} 年` }))} onChange={(plan) => onChange({ plan, category: undefined })} />}
      <Select label="类别" empty="全部" value={search.category ?? ""} options={categories.map((category) => ({ id: category, label: category }))} onChange={(category) => onChange({ category })} />
      {whole && <UnitPicker label="单位（含下级）" value={search.unit ?? null} onChange={(unit) => onChange({ unit: unit ?? undefined })} />}
      <Select label="状态" empty="全部" value={search.state ?? ""} options={STATES} onChange={(state) => onChange({ state })} />
      <Select label="分工" empty="全部" value={search.role ?? ""} options={ROLES} onChange={(role) => onChange({ role })} />
      {used && (
        <Button
          onClick={() =>
            onChange({ plan: undefined, category: undefined, unit: undefined, task: undefined, state: undefined, light: undefined, role: undefined, due_from: undefined, due_to: undefined, review: undefined, q: undefined })
          }
        >
          清除条件
        </Button>
      )}
    </search>
  );
}

function useCategories(plan: string | undefined): string[] {
  const { data } = useQuery({
    queryKey: ["tasks", "categories", plan],
    queryFn: ({ signal }) => every<Pick<Task, "id" | "category">>("/tasks", { plan }, signal),
    enabled: plan !== undefined,
    staleTime: 300_000,
  });
  return [...new Set(data?.map((task) => task.category) ?? [])];
}

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Printer } from "lucide-react";

import { api } from "@/api/client";
import { plansQuery } from "@/api/query";
import type { Board } from "@/api/types";
import { SavedViews } from "@/app/SavedViews";
import { useWidth } from "@/lib/useWidth";
import { Button } from "@/ui/Button";
import { FilterChips } from "@/ui/FilterChips";
import { PageHeader } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { LIGHTS } from "@/ui/Tag";

import { BoardCards } from "./BoardCards";
import { BoardGrid } from "./BoardGrid";
import type { BoardSearch } from "./search";
import "./board.css";

/** 看板：一期之内，单位与任务纵横一张图。 */
export function BoardPage() {
  const search = useSearch({ from: "/inside/board" });
  const navigate = useNavigate({ from: "/board" });
  const narrow = useWidth() === "narrow";
  const { light, ...query } = search;
  const { data: plans } = useQuery(plansQuery);
  const issued = plans?.items.filter((plan) => plan.status !== "draft") ?? [];
  const plan = query.plan ?? issued[0]?.id;
  const { data, error, refetch } = useQuery({
    queryKey: ["board", { ...query, plan }],
    queryFn: ({ signal }) => api.get<Board>("/board", { ...query, plan }, signal),
    enabled: plan !== undefined,
    placeholderData: keepPreviousData,
  });
  const change = (part: Partial<Record<keyof BoardSearch, string | undefined>>) =>
    void navigate({ search: (now) => Object.fromEntries(Object.entries({ ...now, ...part }).filter(([, value]) => value)) as BoardSearch });

  if (plans && issued.length === 0) {
    return (
      <>
        <PageHeader title="看板" />
        <EmptyState title="还没有下达的任务分解表">下达之后，这里一眼看全各单位各任务。</EmptyState>
      </>
    );
  }
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={10} />;
  const { totals } = data;
  return (
    <div className="board-page stack">
      <PageHeader
        title="看板"
        lead={`${data.plan.title}${data.period ? `　${data.period.label}` : ""}`}
        actions={
          !narrow && (
            <Button icon={Printer} onClick={() => window.print()}>
              打印
            </Button>
          )
        }
      />
      <p className="board-headline">
        本期应报 <b>{totals.owed}</b>，已报 <b>{totals.submitted}</b>，已通过 <b>{totals.accepted}</b>
        {totals.waiting > 0 && (
          <>
            ，待审核 <b>{totals.waiting}</b>
          </>
        )}
        ；逾期 <b className={totals.overdue > 0 ? "tag-text-seal" : undefined}>{totals.overdue}</b>。
      </p>
      <div className="filters no-print">
        {issued.length > 1 && <Select label="分解表" value={data.plan.id} options={issued.map((item) => ({ id: item.id, label: `${item.year} 年 ${item.title}` }))} onChange={(value) => change({ plan: value, period: undefined, category: undefined })} />}
        <Select label="期次" value={data.period?.id ?? ""} empty={data.period ? undefined : "没有已开放的期次"} options={data.periods.filter((period) => period.state !== "future").map((period) => ({ id: period.id, label: period.label }))} onChange={(period) => change({ period })} />
        <CategorySelect data={data} value={query.category} onChange={(category) => change({ category })} />
      </div>
      <SavedViews />
      <FilterChips
        label="只看某种灯"
        value={light ?? null}
        items={(["red", "yellow", "green", "blue"] as const).map((name) => ({ id: name, label: LIGHTS[name].meaning, tone: LIGHTS[name].tone, count: totals.lights[name] }))}
        onChange={(value) => change({ light: value ?? undefined })}
      />
      {data.units.length === 0 ? <EmptyState title="没有符合条件的单位" /> : narrow ? <BoardCards board={data} light={light} /> : <BoardGrid board={data} light={light} />}
    </div>
  );
}

/** 选了一类之后，看板只回这一类；清单要从全表记着。 */
function CategorySelect({ data, value, onChange }: { data: Board; value: string | undefined; onChange: (category: string | undefined) => void }) {
  const { data: whole } = useQuery({
    queryKey: ["board", { plan: data.plan.id }],
    queryFn: ({ signal }) => api.get<Board>("/board", { plan: data.plan.id }, signal),
    enabled: value !== undefined,
  });
  const categories = [...new Set((value === undefined ? data : (whole ?? data)).tasks.map((task) => task.category))];
  return <Select label="类别" empty="全部" value={value ?? ""} options={categories.map((category) => ({ id: category, label: category }))} onChange={(category) => onChange(category || undefined)} />;
}

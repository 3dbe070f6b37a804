import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";

import { api } from "@/api/client";
import { plansQuery } from "@/api/query";
import type { Trend, TrendUnit } from "@/api/types";
import { showRate } from "@/lib/numbers";
import { StackedBars, type Series } from "@/ui/Chart";
import { DataTable, type Column } from "@/ui/DataTable";
import { Card, Fold, Meter } from "@/ui/Page";
import { ErrorState, Loading } from "@/ui/States";

const SERIES: readonly Series[] = [
  { name: "按时", tone: "bamboo" },
  { name: "迟报", tone: "ochre" },
  { name: "未报", tone: "seal" },
];
const SHOWN = 10;

/** 全区走势：逐期报了多少、迟了多少、没报多少；再看各单位按时率，低的在前。 */
export function DistrictTrend() {
  const plans = useQuery(plansQuery);
  const plan = plans.data?.items.find((each) => each.status !== "draft")?.id;
  const { data, error, refetch } = useQuery({
    queryKey: ["home", "trend", plan],
    queryFn: ({ signal }) => api.get<Trend>(`/plans/${plan}/trend`, undefined, signal),
    enabled: plan !== undefined,
  });
  if (plans.data && plan === undefined) return null;
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={6} />;
  if (data.periods.length === 0) return null;
  return (
    <>
      <PeriodChart trend={data} />
      <UnitRates units={data.units} plan={data.plan.id} />
    </>
  );
}

function PeriodChart({ trend }: { trend: Trend }) {
  const bars = useMemo(() => trend.periods.map((each) => ({ id: each.id, label: each.label, values: [each.on_time, each.late, each.missing] })), [trend]);
  return (
    <Card title="逐期报送" actions={<Link to="/board">看看板</Link>}>
      <StackedBars label={`${trend.plan.title}逐期报送`} series={SERIES} bars={bars} unit="件" />
    </Card>
  );
}

/** 应报不足十件的只说几件中几件，排在有百分比的之后：一两件说明不了什么。 */
function UnitRates({ units, plan }: { units: readonly TrendUnit[]; plan: string }) {
  const ranked = useMemo(() => [...units].sort((a, b) => Number(a.expected < 10) - Number(b.expected < 10) || a.on_time / a.expected - b.on_time / b.expected), [units]);
  const columns: Column<TrendUnit>[] = [
    {
      id: "unit",
      header: "单位",
      primary: true,
      cell: (row) => (
        <Link to="/ledger" search={{ plan, unit: row.id }}>
          {row.name}
        </Link>
      ),
    },
    {
      id: "rate",
      header: "按时报送",
      width: 14,
      cell: (row) => (
        <span className="row">
          {row.expected >= 10 && <Meter value={row.on_time / row.expected} tone="bamboo" />}
          {showRate({ numerator: row.on_time, denominator: row.expected }, "件")}
        </span>
      ),
    },
    { id: "expected", header: "应报", width: 5, align: "end", cell: (row) => row.expected },
    { id: "late", header: "迟报", width: 5, align: "end", cell: (row) => row.late },
    { id: "missing", header: "未报", width: 5, align: "end", cell: (row) => <span className={row.missing > 0 ? "tag-text-seal" : undefined}>{row.missing}</span> },
    { id: "accepted", header: "通过", width: 5, align: "end", cell: (row) => row.accepted },
  ];
  const table = (rows: readonly TrendUnit[], caption: string) => <DataTable caption={caption} columns={columns} rows={rows} rowKey={(row) => row.id} />;
  return (
    <Card title={`各单位按时报送（${ranked.length}）`}>
      {table(ranked.slice(0, SHOWN), "按时率较低的单位")}
      {ranked.length > SHOWN && <Fold summary={`其余 ${ranked.length - SHOWN} 个单位`}>{table(ranked.slice(SHOWN), "其余单位")}</Fold>}
    </Card>
  );
}

import { useQuery } from "@tanstack/react-query";

import { homeQuery } from "@/api/progress";
import { useMe } from "@/app/session";
import { showDate, showWeekday } from "@/lib/dates";
import { PageHeader } from "@/ui/Page";
import { ErrorState, Loading } from "@/ui/States";

import { AdminHome } from "./AdminHome";
import { AnnualCard } from "./AnnualCard";
import { ReporterHome } from "./ReporterHome";
import { WaitingHome } from "./WaitingHome";
import "./home.css";

const TITLES: Record<string, string> = { reporter: "我的任务", signer: "待我签发", office: "今日待办" };

/** 首页：各人打开先看到自己要办的。 */
export function HomePage() {
  const me = useMe();
  return (
    <>
      <PageHeader title={TITLES[me.role] ?? "首页"} lead={`${showDate(me.today)}　${showWeekday(me.today)}　${me.unit.name}`} />
      {me.permissions.includes("progress:submission:read") ? <ProgressHome /> : <AdminHome />}
    </>
  );
}

function ProgressHome() {
  const me = useMe();
  const { data, error, refetch } = useQuery(homeQuery);
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={8} />;
  return (
    <>
      <AnnualCard />
      {me.role === "signer" ? <WaitingHome action="sign" items={data.to_sign} home={data} /> : me.role === "office" ? <WaitingHome action="accept" items={data.to_review} home={data} /> : <ReporterHome home={data} />}
    </>
  );
}

import { useQuery } from "@tanstack/react-query";

import { api } from "@/api/client";
import { wordsOf } from "@/api/problem";
import type { LoginSession } from "@/api/types";
import { showTime } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { DataTable, type Column } from "@/ui/DataTable";
import { Card } from "@/ui/Page";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { toast } from "@/ui/Toast";

/** 我在哪些地方登录着；别处的可以退出。 */
export function SessionsCard() {
  const { data, error, refetch } = useQuery({
    queryKey: ["sessions"],
    queryFn: ({ signal }) => api.get<LoginSession[]>("/auth/sessions", {}, signal),
  });
  const end = async (one: LoginSession) => {
    try {
      await api.post<void>(`/auth/sessions/${one.id}/end`);
      toast.ok("那处登录已退出");
    } catch (failure) {
      toast.error(wordsOf(failure));
    }
    await refetch();
  };
  const columns: Column<LoginSession>[] = [
    { id: "started", header: "登录时间", primary: true, width: 14, cell: (row) => showTime(row.started_at, "") },
    { id: "renewed", header: "最近使用", width: 14, cell: (row) => showTime(row.renewed_at, "") },
    { id: "act", header: "操作", width: 8, cell: (row) => (row.current ? <span className="muted">就是这里</span> : <Button small onClick={() => void end(row)}>退出</Button>) },
  ];
  return (
    <Card title="登录在哪些地方" className="account">
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <DataTable caption="登录在哪些地方" columns={columns} rows={data} rowKey={(row) => row.id} empty={<EmptyState title="没有别的登录" />} />
      ) : (
        <Loading />
      )}
    </Card>
  );
}

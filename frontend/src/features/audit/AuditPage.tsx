import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ShieldCheck } from "lucide-react";
import { useCallback } from "react";

import { api } from "@/api/client";
import type { AuditEvent, AuditPage as Log, ChainState } from "@/api/types";
import { showTime } from "@/lib/dates";
import { showCount } from "@/lib/numbers";
import { Button } from "@/ui/Button";
import { DataTable, type Column } from "@/ui/DataTable";
import { Notice } from "@/ui/Notice";
import { Fold, PageHeader } from "@/ui/Page";
import { SearchField } from "@/ui/SearchField";
import { EmptyState, ErrorState, Loading } from "@/ui/States";

import type { AuditSearch } from "./search";
import "./audit.css";

const LIMIT = 50;

const COLUMNS: Column<AuditEvent>[] = [
  { id: "seq", header: "序号", width: 5, align: "end", wideOnly: true, cell: (row) => row.seq },
  { id: "at", header: "时间", width: 13, cell: (row) => showTime(row.at) },
  { id: "actor", header: "操作人", width: 15, cell: (row) => <Who event={row} /> },
  { id: "action", header: "动作", width: 11, primary: true, cell: (row) => row.action_words },
  { id: "subject", header: "对象与改动", cell: (row) => <Subject event={row} /> },
];

/** 审计日志：谁在什么时候做了什么，改前改后；哈希链随时可以核验。 */
export function AuditPage() {
  const search = useSearch({ from: "/inside/audit" });
  const navigate = useNavigate({ from: "/audit" });
  const find = useCallback((q: string) => void navigate({ search: (now: AuditSearch) => ({ ...now, q }), replace: true }), [navigate]);
  const log = useInfiniteQuery({
    queryKey: ["audit-events", search],
    queryFn: ({ pageParam, signal }) => api.get<Log>("/audit-events", { ...search, newest: true, limit: LIMIT, after: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const events = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeader title="审计日志" lead="新的在前。每条记录与写入同时落库，只增不改，前后以哈希相连。" />
      <Chain />
      <search className="filters">
        <SearchField label="操作人" value={search.q ?? ""} placeholder="姓名或账号" onChange={find} />
      </search>
      {log.error && !log.data ? (
        <ErrorState error={log.error} onRetry={() => void log.refetch()} />
      ) : log.data ? (
        <>
          <DataTable caption="审计日志" columns={COLUMNS} rows={events} rowKey={(row) => row.id} empty={<EmptyState title="没有符合的记录">换一个姓名或账号试试。</EmptyState>} />
          {log.hasNextPage && (
            <p className="audit-more">
              <Button pending={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
                再看 {LIMIT} 条更早的
              </Button>
            </p>
          )}
        </>
      ) : (
        <Loading />
      )}
    </>
  );
}

function Chain() {
  const check = useMutation({ mutationFn: () => api.get<ChainState>("/audit-events/chain") });
  return (
    <div className="audit-chain">
      <Button icon={ShieldCheck} pending={check.isPending} onClick={() => check.mutate()}>
        核验哈希链
      </Button>
      {check.error && <Notice tone="error">没有核验成：{check.error.message}</Notice>}
      {check.data && check.data.broken.length === 0 && (
        <Notice tone="ok" live>
          {showCount(check.data.events)} 条记录，哈希链完好。
        </Notice>
      )}
      {check.data && check.data.broken.length > 0 && (
        <Notice tone="error" title="有记录被改动过">
          对不上的序号：{check.data.broken.join("、")}。请立即报告系统管理员，并保留现场。
        </Notice>
      )}
    </div>
  );
}

function Who({ event }: { event: AuditEvent }) {
  return (
    <>
      {event.actor_name}
      <br />
      <span className="muted small">{event.role_words}</span>
    </>
  );
}

function Subject({ event }: { event: AuditEvent }) {
  return (
    <>
      {event.subject_words}
      {event.outcome !== "ok" && <strong>（未成）</strong>}
      {(event.before ?? event.after) && (
        <Fold summary={`改动（第 ${event.seq} 条）`}>
          {event.before && <Values title="之前" values={event.before} />}
          {event.after && <Values title="之后" values={event.after} />}
          {event.request_id && <p className="muted small">请求编号 {event.request_id}</p>}
        </Fold>
      )}
    </>
  );
}

function Values({ title, values }: { title: string; values: Record<string, unknown> }) {
  return (
    <section className="audit-values" aria-label={title}>
      <strong>{title}</strong>
      <pre>{JSON.stringify(values, null, 1)}</pre>
    </section>
  );
}

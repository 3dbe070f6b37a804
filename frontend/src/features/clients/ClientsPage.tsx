import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Ban, KeyRound, Pencil, Plus } from "lucide-react";
import { useState } from "react";

import { api } from "@/api/client";
import type { ApiClient, ApiClientSecret, Page } from "@/api/types";
import { showDate, showTime } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { DataTable, type Column } from "@/ui/DataTable";
import { ConfirmDialog } from "@/ui/Dialog";
import { PageHeader } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { Tag } from "@/ui/Tag";

import { ClientDialog } from "./ClientDialog";
import { SecretDialog } from "./SecretDialog";

/** 外部系统：谁的系统、能做什么、到哪天；换密钥、停用。 */
export function ClientsPage() {
  const { page = 1 } = useSearch({ from: "/inside/clients" });
  const navigate = useNavigate({ from: "/clients" });
  const { data, error, refetch } = useQuery({
    queryKey: ["api-clients", page],
    queryFn: ({ signal }) => api.get<Page<ApiClient>>("/api-clients", { page, size: 20 }, signal),
    placeholderData: keepPreviousData,
  });
  const [editing, setEditing] = useState<ApiClient | "new" | null>(null);
  const [rotating, setRotating] = useState<ApiClient | null>(null);
  const [stopping, setStopping] = useState<ApiClient | null>(null);
  const [fresh, setFresh] = useState<ApiClientSecret | null>(null);
  const columns: Column<ApiClient>[] = [
    { id: "name", header: "名称", primary: true, width: 11, cell: (row) => row.name },
    { id: "unit", header: "单位", cell: (row) => row.unit.name },
    { id: "scopes", header: "权限", width: 4.5, cell: (row) => `${row.scopes.length} 项` },
    { id: "ips", header: "来源", width: 7, wideOnly: true, cell: (row) => (row.allowed_ips.length > 0 ? row.allowed_ips.join("、") : "不限") },
    { id: "used", header: "最近取令牌", width: 10, wideOnly: true, cell: (row) => showTime(row.last_used_at, "没有用过") },
    { id: "expires", header: "到期", width: 8.5, cell: (row) => showDate(row.expires_on) },
    { id: "state", header: "状态", width: 6.5, cell: (row) => <ClientState client={row} /> },
    {
      id: "act",
      header: "操作",
      width: 17,
      cell: (row) => (
        <span className="row">
          <Button small icon={Pencil} onClick={() => setEditing(row)}>
            修改<span className="visually-hidden">：{row.name}</span>
          </Button>
          <Button small icon={KeyRound} onClick={() => setRotating(row)}>
            换密钥<span className="visually-hidden">：{row.name}</span>
          </Button>
          {!row.disabled && (
            <Button small icon={Ban} onClick={() => setStopping(row)}>
              停用<span className="visually-hidden">：{row.name}</span>
            </Button>
          )}
        </span>
      ),
    },
  ];
  return (
    <>
      <PageHeader
        title="外部系统"
        lead="其他系统凭自己的密钥取十分钟的令牌，只能做授予它的事"
        actions={
          <Button variant="primary" icon={Plus} onClick={() => setEditing("new")}>
            登记外部系统
          </Button>
        }
      />
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <>
          <DataTable caption="外部系统" columns={columns} rows={data.items} rowKey={(row) => row.id} empty={<EmptyState title="还没有外部系统" />} />
          <Pager page={page} size={20} total={data.total} unit="个" onPage={(next) => void navigate({ search: next > 1 ? { page: next } : {} })} />
        </>
      ) : (
        <Loading />
      )}
      {editing && <ClientDialog client={editing === "new" ? null : editing} onClose={() => setEditing(null)} onDone={() => void refetch()} onCreated={setFresh} />}
      <ConfirmDialog
        title={`更换${rotating?.name ?? ""}的密钥？`}
        isOpen={rotating !== null}
        onClose={() => setRotating(null)}
        confirm="更换"
        onConfirm={async () => {
          if (!rotating) return;
          setFresh(await api.post<ApiClientSecret>(`/api-clients/${rotating.id}/rotate`));
          await refetch();
        }}
      >
        旧密钥与凭它取的令牌立即失效，对方须换上新密钥才能继续。
      </ConfirmDialog>
      <ConfirmDialog
        title={`停用${stopping?.name ?? ""}？`}
        isOpen={stopping !== null}
        onClose={() => setStopping(null)}
        confirm="停用"
        danger
        onConfirm={async () => {
          if (!stopping) return;
          await api.post<ApiClient>(`/api-clients/${stopping.id}/disable`);
          await refetch();
        }}
      >
        它的令牌立即失效，不能再取；以后可以在“修改”里恢复。
      </ConfirmDialog>
      {fresh && <SecretDialog fresh={fresh} onClose={() => setFresh(null)} />}
    </>
  );
}

function ClientState({ client }: { client: ApiClient }) {
  // 凭据按真实的日子到期，不随演示的业务日期
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  if (client.disabled) return <Tag shape="■">已停用</Tag>;
  if (client.expires_on < today) {
    return (
      <Tag tone="seal" shape="◆">
        已到期
      </Tag>
    );
  }
  return (
    <Tag tone="bamboo" shape="●">
      正常
    </Tag>
  );
}

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { KeyRound, Pencil, ShieldOff, UserPlus } from "lucide-react";
import { lazy, Suspense, useCallback, useState } from "react";

import { api } from "@/api/client";
import type { Page, User } from "@/api/types";
import { useMay } from "@/app/session";
import { showTime } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/Dialog";
import { DataTable, type Column } from "@/ui/DataTable";
import { PageHeader } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { SearchField } from "@/ui/SearchField";
import { Select } from "@/ui/Select";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { Tag } from "@/ui/Tag";
import { UnitPicker } from "@/ui/UnitPicker";

import { PasswordDialog, type Fresh } from "./PasswordDialog";
import { ROLES, type UsersSearch } from "./search";
import { TotpResetDialog } from "./TotpResetDialog";

const UserDialog = lazy(async () => ({ default: (await import("./UserDialog")).UserDialog }));

/** 用户：谁、什么角色、哪个单位；重置口令、停用。 */
export function UsersPage() {
  const search = useSearch({ from: "/inside/users" });
  const navigate = useNavigate({ from: "/users" });
  const writes = useMay("accounts:user:write");
  const { page = 1, ...filters } = search;
  const change = useCallback(
    (part: Partial<Record<keyof UsersSearch, unknown>>) =>
      void navigate({ search: ({ page: _page, ...now }) => Object.fromEntries(Object.entries({ ...now, ...part }).filter(([, value]) => value)) as UsersSearch, replace: "q" in part }),
    [navigate],
  );
  const { data, error, refetch } = useQuery({
    queryKey: ["users", "list", { ...filters, page }],
    queryFn: ({ signal }) => api.get<Page<User>>("/users", { ...filters, page, size: 20 }, signal),
    placeholderData: keepPreviousData,
  });
  const [editing, setEditing] = useState<User | "new" | null>(null);
  const [resetting, setResetting] = useState<User | null>(null);
  const [unlinking, setUnlinking] = useState<User | null>(null);
  const [fresh, setFresh] = useState<Fresh | null>(null);
  const columns: Column<User>[] = [
    { id: "name", header: "姓名", primary: true, width: 7, cell: (row) => row.name },
    { id: "username", header: "账号", width: 10, cell: (row) => row.username },
    { id: "role", header: "角色", width: 7, cell: (row) => row.role_words },
    { id: "unit", header: "单位", cell: (row) => row.unit.name },
    { id: "login", header: "最近登录", width: 12, wideOnly: true, cell: (row) => showTime(row.last_login_at, "没有登录过") },
    { id: "state", header: "状态", width: 7.5, cell: (row) => <UserState user={row} /> },
    ...(writes
      ? [
          {
            id: "act",
            header: "操作",
            width: 22,
            cell: (row: User) => (
              <span className="row">
                <Button small icon={Pencil} onClick={() => setEditing(row)}>
                  修改<span className="visually-hidden">：{row.name}</span>
                </Button>
                <Button small icon={KeyRound} onClick={() => setResetting(row)}>
                  重置口令<span className="visually-hidden">：{row.name}</span>
                </Button>
                {row.totp_enabled && (
                  <Button small icon={ShieldOff} onClick={() => setUnlinking(row)}>
                    撤销动态口令<span className="visually-hidden">：{row.name}</span>
                  </Button>
                )}
              </span>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHeader
        title="用户"
        lead={data ? `共 ${data.total} 人` : undefined}
        actions={
          writes && (
            <Button variant="primary" icon={UserPlus} onClick={() => setEditing("new")}>
              新增用户
            </Button>
          )
        }
      />
      <search className="filters">
        <SearchField label="查找" value={search.q ?? ""} placeholder="姓名、账号、单位" onChange={(q) => change({ q })} />
        <Select label="角色" empty="全部" value={search.role ?? ""} options={ROLES} onChange={(role) => change({ role })} />
        <UnitPicker label="单位" value={search.unit ?? null} onChange={(unit) => change({ unit })} />
      </search>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <>
          <DataTable caption="用户" columns={columns} rows={data.items} rowKey={(row) => row.id} empty={<EmptyState title="没有符合的用户" />} />
          <Pager page={page} size={20} total={data.total} unit="人" onPage={(next) => void navigate({ search: (now) => ({ ...now, page: next }) })} />
        </>
      ) : (
        <Loading />
      )}
      {editing && (
        <Suspense>
          <UserDialog user={editing === "new" ? null : editing} onClose={() => setEditing(null)} onCreated={setFresh} />
        </Suspense>
      )}
      <ConfirmDialog
        title={`重置${resetting?.name ?? ""}的口令？`}
        isOpen={resetting !== null}
        onClose={() => setResetting(null)}
        confirm="重置"
        onConfirm={async () => {
          if (!resetting) return;
          const { one_time_password } = await api.post<{ one_time_password: string }>(`/users/${resetting.id}/reset-password`);
          setFresh({ name: resetting.name, username: resetting.username, password: one_time_password });
          await refetch();
        }}
      >
        原口令立即失效，所有登录随之退出；生成一个一次性口令，首次登录须改。
      </ConfirmDialog>
      {unlinking && <TotpResetDialog user={unlinking} onClose={() => setUnlinking(null)} onDone={() => void refetch()} />}
      {fresh && <PasswordDialog fresh={fresh} onClose={() => setFresh(null)} />}
    </>
  );
}

function UserState({ user }: { user: User }) {
  if (user.disabled) return <Tag shape="■">已停用</Tag>;
  if (user.locked_until && Date.parse(user.locked_until) > Date.now()) {
    return (
      <Tag tone="seal" shape="◆">
        已锁定
      </Tag>
    );
  }
  if (user.must_change_password) {
    return (
      <Tag tone="ochre" shape="◇">
        待改口令
      </Tag>
    );
  }
  return (
    <Tag tone="bamboo" shape="●">
      正常
    </Tag>
  );
}

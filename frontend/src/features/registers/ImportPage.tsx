import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useRouter, useSearch } from "@tanstack/react-router";
import { FileCheck2, Trash2, Undo2 } from "lucide-react";
import { useState } from "react";

import { api } from "@/api/client";
import type { Register, RegisterCommitted, RegisterImport, RegisterImportRow } from "@/api/types";
import { randomId } from "@/lib/id";
import { useVersioned } from "@/api/useVersioned";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/Dialog";
import { FixLog, SavingLine, SavingTrouble } from "@/ui/DraftStatus";
import { DownloadButton } from "@/ui/DownloadButton";
import { Notice } from "@/ui/Notice";
import { PageHeader } from "@/ui/Page";
import { ErrorState, Loading } from "@/ui/States";
import { Tabs } from "@/ui/Tabs";
import { Tag } from "@/ui/Tag";
import { toast } from "@/ui/Toast";

import { CommitDialog } from "./ImportCommitDialog";
import { ImportProblems } from "./ImportProblems";
import { ImportRowDialog } from "./ImportRowDialog";
import { ImportRows } from "./ImportRows";
import { IMPORT_STATES } from "./ImportStartPage";
import { importQuery, importsQuery, registerQuery } from "./queries";
import "./registers.css";

/** 成批登记第二步：核对、改好、登记。 */
export function RegisterImportPage() {
  const { slug, id } = useParams({ from: "/inside/registers/$slug/import/$id" });
  const { data: register, error } = useQuery(registerQuery(slug));
  const { data: draft, error: failed, refetch } = useQuery(importQuery(slug, id));
  if ((error && !register) || (failed && !draft)) return <ErrorState error={error ?? failed} onRetry={() => void refetch()} />;
  return register && draft ? <Review register={register} draft={draft} /> : <Loading lines={10} label="正在取草稿…" />;
}

type Asking = "commit" | "undo" | "discard" | null;

function Review({ register, draft }: { register: Register; draft: RegisterImport }) {
  const client = useQueryClient();
  const router = useRouter();
  const search = useSearch({ from: "/inside/registers/$slug/import/$id" });
  const navigate = useNavigate({ from: "/registers/$slug/import/$id" });
  const { queryKey } = importQuery(register.slug, draft.id);
  const path = `/registers/${register.slug}/imports/${draft.id}`;
  const { saving, write } = useVersioned<RegisterImport>(queryKey, draft);
  const [asking, setAsking] = useState<Asking>(null);
  const [editing, setEditing] = useState<RegisterImportRow | null>(null);
  const close = () => setAsking(null);
  const look = IMPORT_STATES[draft.state];
  const pending = saving.kind === "saving";
  const problems = draft.problem_groups.reduce((sum, group) => sum + group.count, 0);
  const view = search.view ?? (problems > 0 ? "problems" : "rows");
  const fix = (body: Record<string, unknown>) => write((version) => api.post(`${path}/fixes`, { fixes: [body] }, { version }));
  const edit = (position: number) => setEditing(draft.rows[position - 1] ?? null);
  const refreshed = () => client.invalidateQueries({ queryKey: ["registers"], predicate: (query) => query.queryKey[3] !== draft.id });

  const commit = async (mode: "all" | "good") => {
    const done = await api.post<RegisterCommitted>(`${path}/commit`, { mode }, { once: randomId(), version: draft.version });
    client.setQueryData(queryKey, done.draft);
    await refreshed();
    close();
    toast.ok(done.left_rows.length > 0 ? `已登记 ${done.committed_rows} 条，${done.left_rows.length} 条留在这里` : `${done.committed_rows} 条全部登记`);
  };
  const undo = async () => {
    const back = await api.post<RegisterImport>(`${path}/undo`, undefined, { version: draft.version });
    client.setQueryData(queryKey, back);
    await refreshed();
    toast.ok("已撤销登记，草稿恢复原样");
  };
  const discard = async () => {
    await api.post(`${path}/discard`, undefined, { version: draft.version });
    await client.invalidateQueries({ queryKey: importsQuery(register.slug).queryKey });
    toast.ok("草稿已丢弃");
    await router.navigate({ to: "/registers/$slug/import", params: { slug: register.slug } });
  };
  return (
    <>
      <PageHeader
        title={draft.file_name}
        back={
          <Link to="/registers/$slug/import" params={{ slug: register.slug }}>
            ← 导入{register.title}
          </Link>
        }
        lead={
          <>
            <Tag tone={look.tone} shape={look.shape}>
              {look.words}
            </Tag>
            <span>{counted(draft)}</span>
            {draft.actions.includes("edit") && <SavingLine saving={saving} />}
          </>
        }
        actions={<Actions draft={draft} path={path} onAsk={setAsking} />}
      />
      <SavingTrouble saving={saving} />
      {draft.problems.map((notice) => (
        <Notice key={notice.message} tone="warn">
          {notice.message}
        </Notice>
      ))}
      <FixLog fixes={draft.fixes} pending={pending} onUndo={(number) => void write((version) => api.post(`${path}/fixes/undo`, { number }, { version })).catch(() => undefined)} />
      <Tabs
        label="草稿的几种看法"
        value={view}
        onChange={(next) => void navigate({ search: { view: next }, replace: true, resetScroll: false })}
        items={[
          { id: "problems", label: `问题（${problems} 处）`, children: <ImportProblems draft={draft} pending={pending} onFix={fix} onEdit={edit} /> },
          { id: "rows", label: `各行（${draft.rows.length}）`, children: <ImportRows register={register} draft={draft} onEdit={edit} /> },
        ]}
      />
      {editing && (
        <ImportRowDialog
          register={register}
          draft={draft}
          row={editing}
          onClose={() => setEditing(null)}
          onSave={(row) => write((version) => api.patch(path, { rows: [row] }, version)).then(() => setEditing(null))}
        />
      )}
      {asking === "commit" && <CommitDialog draft={draft} onClose={close} onCommit={commit} />}
      <ConfirmDialog title="撤销登记？" isOpen={asking === "undo"} onClose={close} confirm="撤销登记" danger onConfirm={undo}>
        <p>收回这份导入登记的 {draft.summary.committed} 条，草稿恢复原样。登记之后又改过、又有新的经过的，不能撤销。</p>
      </ConfirmDialog>
      <ConfirmDialog title="丢弃草稿？" isOpen={asking === "discard"} onClose={close} confirm="丢弃" danger onConfirm={discard}>
        <p>读入的内容清除，不能恢复{register.party ? "，申请人信息一并清除" : ""}。已经登记的 {draft.summary.committed} 条不受影响，但不能再从这里撤销。</p>
      </ConfirmDialog>
    </>
  );
}

function counted({ summary }: RegisterImport): string {
  const parts = [`共 ${summary.rows} 条`];
  if (summary.committed > 0) parts.push(`已登记 ${summary.committed}`);
  if (summary.good > 0) parts.push(`可以登记 ${summary.good}`);
  if (summary.blocked > 0) parts.push(`须改 ${summary.blocked}`);
  if (summary.warned > 0) parts.push(`请核对 ${summary.warned}`);
  return parts.join("，");
}

function Actions({ draft, path, onAsk }: { draft: RegisterImport; path: string; onAsk: (asking: Asking) => void }) {
  const may = (action: RegisterImport["actions"][number]) => draft.actions.includes(action);
  return (
    <>
      {draft.summary.committed < draft.summary.rows && (
        <DownloadButton path={`${path}/workbook`} name="错误说明.xlsx">
          错误说明表
        </DownloadButton>
      )}
      {may("discard") && (
        <Button icon={Trash2} variant="danger" onClick={() => onAsk("discard")}>
          丢弃
        </Button>
      )}
      {may("undo") && (
        <Button icon={Undo2} onClick={() => onAsk("undo")}>
          撤销登记
        </Button>
      )}
      {may("commit") && (
        <Button variant="primary" icon={FileCheck2} onClick={() => onAsk("commit")}>
          {draft.state === "partly" ? "登记其余的" : "登记"}
        </Button>
      )}
    </>
  );
}

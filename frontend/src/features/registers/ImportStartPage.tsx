import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams, useRouter } from "@tanstack/react-router";

import type { Register, RegisterImport, RegisterImportHead } from "@/api/types";
import { showTime } from "@/lib/dates";
import { useUpload } from "@/api/useUpload";
import { DataTable, type Column } from "@/ui/DataTable";
import { DownloadButton } from "@/ui/DownloadButton";
import { FileDrop } from "@/ui/FileDrop";
import { Card, PageHeader } from "@/ui/Page";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { Tag } from "@/ui/Tag";
import { UploadProgress } from "@/ui/UploadProgress";

import { importQuery, importsQuery, registerQuery } from "./queries";
import "./registers.css";

const REMEDIES = { "not-a-register": "请下载模板照着填，表头的字不要改。" };

/** 成批登记第一步：下模板、交上填好的表。只读不写，下一步核对。 */
export function RegisterImportStartPage() {
  const { slug } = useParams({ from: "/inside/registers/$slug/import" });
  const { data: register, error, refetch } = useQuery(registerQuery(slug));
  if (error && !register) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return register ? <Start register={register} /> : <Loading lines={8} />;
}

function Start({ register }: { register: Register }) {
  const router = useRouter();
  const client = useQueryClient();
  const upload = useUpload();
  const read = async ([file]: File[]) => {
    if (!file) return;
    const found = await upload.send<RegisterImport>(`/registers/${register.slug}/imports`, file, { remedies: REMEDIES });
    if (!found) return;
    client.setQueryData(importQuery(register.slug, found.id).queryKey, found);
    await client.invalidateQueries({ queryKey: importsQuery(register.slug).queryKey });
    await router.navigate({ to: "/registers/$slug/import/$id", params: { slug: register.slug, id: found.id } });
  };
  return (
    <>
      <PageHeader
        title={`导入${register.title}`}
        back={
          <Link to="/registers/$slug" params={{ slug: register.slug }}>
            ← {register.title}
          </Link>
        }
        lead="先读成草稿，逐格核对，改好再登记；登记之前台账里什么也不会有。"
      />
      <div className="register-sheet">
        <Card ledger title="一、下载模板，照着填">
          <p>一行一条；有下拉、有必填标记，另有示例与填写说明。从这里导出的表也能再交。</p>
          {register.events.length > 0 && <p>经过（办到哪一步）写在同一行；同一步有两次的，下面另起一行，序号写同一个。</p>}
          <p>
            <DownloadButton path={`/registers/${register.slug}/template.xlsx`} name={`${register.title}台账（导入模板）.xlsx`}>
              下载导入模板
            </DownloadButton>
          </p>
        </Card>
        <Card title="二、交上填好的表">
          <FileDrop label="拖入填好的表" hint="Excel（xlsx），也可 xls、csv；至多 5,000 条、20 MB" accept=".xlsx,.xls,.csv" pending={upload.stage.kind !== "idle"} error={upload.error} onFiles={(files) => void read(files)} />
          <UploadProgress upload={upload} usual="两千条约需几秒" />
          {register.party && <p className="muted small">申请人信息加密保存，草稿里只显示遮掩过的。填好的表请妥善保管，登记之后删去。</p>}
        </Card>
      </div>
      <Earlier register={register} />
    </>
  );
}

export const IMPORT_STATES = {
  draft: { tone: "violet", shape: "○", words: "草稿" },
  partly: { tone: "ochre", shape: "◐", words: "部分登记" },
  committed: { tone: "bamboo", shape: "●", words: "已登记" },
  discarded: { tone: "ink", shape: "○", words: "已丢弃" },
} as const;

function Earlier({ register }: { register: Register }) {
  const { data, error, refetch } = useQuery(importsQuery(register.slug));
  const columns: Column<RegisterImportHead>[] = [
    {
      id: "file",
      header: "文件",
      primary: true,
      cell: (row) => (
        <Link to="/registers/$slug/import/$id" params={{ slug: register.slug, id: row.id }}>
          {row.file_name}
        </Link>
      ),
    },
    {
      id: "state",
      header: "状态",
      width: 9,
      cell: (row) => (
        <Tag tone={IMPORT_STATES[row.state].tone} shape={IMPORT_STATES[row.state].shape}>
          {IMPORT_STATES[row.state].words}
        </Tag>
      ),
    },
    { id: "rows", header: "条数", width: 15, cell: (row) => `共 ${row.summary.rows} 条，已登记 ${row.summary.committed}` },
    { id: "by", header: "导入", width: 18, cell: (row) => `${row.created_by_name}，${showTime(row.created_at)}` },
  ];
  return (
    <Card title="本单位导入过的">
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <DataTable caption="本单位导入过的" columns={columns} rows={data.items} rowKey={(row) => row.id} empty={<EmptyState title="还没有导入过">交上第一份表，就列在这里；没登记完的随时可以接着来。</EmptyState>} />
      ) : (
        <Loading lines={3} />
      )}
    </Card>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { useState } from "react";

import type { PlanImport } from "@/api/types";
import { useUpload } from "@/api/useUpload";
import { FileDrop } from "@/ui/FileDrop";
import { Card, PageHeader } from "@/ui/Page";
import { TextField } from "@/ui/TextField";
import { UploadProgress } from "@/ui/UploadProgress";

import { importQuery, importsQuery } from "./queries";
import "./plans.css";

/** 不是分解表的，除了原因再说怎么办。 */
const REMEDIES = { "not-a-task-table": "请确认交的是分解表本身；表头里要有“任务名称”或“具体任务内容”，以及“责任单位”。" };

/** 导入第一步：交上文件。只读不写，下一步核对。 */
export function ImportStartPage() {
  const router = useRouter();
  const client = useQueryClient();
  const [year, setYear] = useState("");
  const upload = useUpload();
  const wrongYear = year !== "" && !/^20\d{2}$/.test(year) ? "年度写四位数，如 2023" : undefined;

  const read = async ([file]: File[]) => {
    if (!file || wrongYear) return;
    const fields: Record<string, string> = year ? { year } : {};
    const found = await upload.send<PlanImport>("/plan-imports", file, { fields, remedies: REMEDIES });
    if (!found) return;
    client.setQueryData(importQuery(found.id).queryKey, found);
    await client.invalidateQueries({ queryKey: importsQuery.queryKey });
    await router.navigate({ to: "/plans/import/$id", params: { id: found.id } });
  };

  return (
    <>
      <PageHeader title="导入任务分解表" back={<Link to="/plans">← 任务分解表</Link>} lead="先读成草稿，核对无误再成表；成表之前什么也不会写入。" />
      <Card ledger title="交上文件">
        <FileDrop label="拖入印发的分解表" hint="Word（docx）、Excel（xlsx、xls）、网页（html）、csv 或文本（txt），不超过 20 MB" accept=".docx,.xlsx,.xls,.html,.htm,.csv,.tsv,.txt,.md" pending={upload.stage.kind !== "idle"} error={upload.error} onFiles={(files) => void read(files)} />
        <UploadProgress upload={upload} usual="两千行的表约需三秒" />
        <TextField className="import-year" label="年度" hint="不填则从标题里认" inputMode="numeric" value={year} error={wrongYear} onChange={setYear} />
      </Card>
      <Card title="会读出什么">
        <ul className="import-hints">
          <li>类别、任务与原文，一字不改；每一项都能对到原文的单元格。</li>
          <li>责任单位：全称、简称、别名都认；“各街镇”“区政府各部门”之类按印发当日的机构展开。</li>
          <li>“有关……单位”指谁、不认识的单位是谁，留给您定，系统不猜、不自行新建。</li>
          <li>句中的时限、比例、次数，标成可逐条核对的要求，等您确认。</li>
          <li>以前导入过的，会列出与那一份的差异。</li>
        </ul>
      </Card>
    </>
  );
}

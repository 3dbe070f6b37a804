import { useQueryClient } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";

import { uploadWatched } from "@/api/client";
import { isProblem, wordsOf } from "@/api/problem";
import type { PlanImport } from "@/api/types";
import { randomId } from "@/lib/id";
import { FileDrop } from "@/ui/FileDrop";
import { Card, PageHeader } from "@/ui/Page";
import { TextField } from "@/ui/TextField";

import { importQuery, importsQuery } from "./queries";
import "./plans.css";

/** 读不了的，除了原因再说怎么办。 */
const REMEDIES: Record<string, string> = {
  "not-a-task-table": "请确认交的是分解表本身；表头里要有“任务名称”或“具体任务内容”，以及“责任单位”。",
  "document-encrypted": "在 Word 或 Excel 里打开，去掉密码，另存一份再交。",
  "document-damaged": "用 Word、Excel 或 WPS 打开看看；打得开就另存一份再交。",
  "document-too-complex": "删去图片、批注和与分解表无关的工作表，另存一份再交。",
  "document-too-large": "删去图片和无关的工作表，或拆成几份分别导入。",
};

type Stage = { kind: "idle" } | { kind: "sending"; sent: number } | { kind: "reading"; since: number };

/** 导入第一步：交上文件。只读不写，下一步核对。 */
export function ImportStartPage() {
  const router = useRouter();
  const client = useQueryClient();
  const [year, setYear] = useState("");
  const [stage, setStage] = useState<Stage>({ kind: "idle" });
  const [name, setName] = useState("");
  const [error, setError] = useState<string | null>(null);
  const wrongYear = year !== "" && !/^20\d{2}$/.test(year) ? "年度写四位数，如 2023" : undefined;

  const read = async ([file]: File[]) => {
    if (!file || wrongYear) return;
    setStage({ kind: "sending", sent: 0 });
    setName(file.name);
    setError(null);
    const form = new FormData();
    form.append("file", file);
    if (year) form.append("year", year);
    try {
      const found = await uploadWatched<PlanImport>("/plan-imports", form, randomId(), (sent) => setStage(sent < 1 ? { kind: "sending", sent } : { kind: "reading", since: Date.now() }));
      client.setQueryData(importQuery(found.id).queryKey, found);
      await client.invalidateQueries({ queryKey: importsQuery.queryKey });
      await router.navigate({ to: "/plans/import/$id", params: { id: found.id } });
    } catch (failure) {
      const remedy = isProblem(failure) ? REMEDIES[failure.code] : undefined;
      setError(`“${file.name}”没有读成：${wordsOf(failure)}${remedy ? `。${remedy}` : ""}`);
      setStage({ kind: "idle" });
    }
  };

  return (
    <>
      <PageHeader title="导入任务分解表" back={<Link to="/plans">← 任务分解表</Link>} lead="先读成草稿，核对无误再成表；成表之前什么也不会写入。" />
      <Card ledger title="交上文件">
        <FileDrop label="拖入印发的分解表" hint="Word（docx）、Excel（xlsx）、网页（html）、csv 或文本（txt），不超过 20 MB" accept=".docx,.xlsx,.html,.htm,.csv,.tsv,.txt" pending={stage.kind !== "idle"} error={error} onFiles={(files) => void read(files)} />
        {stage.kind !== "idle" && <Progress stage={stage} name={name} />}
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

function Progress({ stage, name }: { stage: Exclude<Stage, { kind: "idle" }>; name: string }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = stage.kind === "reading" ? Math.max(0, Math.round((now - stage.since) / 1000)) : 0;
  return (
    <div className="import-progress">
      <progress aria-label={`“${name}”的进度`} max={1} {...(stage.kind === "sending" ? { value: stage.sent } : {})} />
      <p role="status">{stage.kind === "sending" ? "正在上传…" : "已送到，正在读取…"}</p>
      <p className="muted small" aria-hidden>
        {stage.kind === "sending" ? `${Math.round(stage.sent * 100)}%` : `已用 ${seconds} 秒；两千行的表约需三秒`}
      </p>
    </div>
  );
}

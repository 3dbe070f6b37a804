import { useQueryClient } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { useState } from "react";

import { api } from "@/api/client";
import { wordsOf } from "@/api/problem";
import type { PlanImport } from "@/api/types";
import { randomId } from "@/lib/id";
import { FileDrop } from "@/ui/FileDrop";
import { Card, PageHeader } from "@/ui/Page";
import { TextField } from "@/ui/TextField";

import { importQuery, importsQuery } from "./queries";

/** 导入第一步：交上文件。只读不写，下一步核对。 */
export function ImportStartPage() {
  const router = useRouter();
  const client = useQueryClient();
  const [year, setYear] = useState("");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const wrongYear = year !== "" && !/^20\d{2}$/.test(year) ? "年度写四位数，如 2023" : undefined;

  const read = async ([file]: File[]) => {
    if (!file || wrongYear) return;
    setPending(true);
    setError(null);
    const form = new FormData();
    form.append("file", file);
    if (year) form.append("year", year);
    try {
      const found = await api.upload<PlanImport>("/plan-imports", form, { once: randomId() });
      client.setQueryData(importQuery(found.id).queryKey, found);
      await client.invalidateQueries({ queryKey: importsQuery.queryKey });
      await router.navigate({ to: "/plans/import/$id", params: { id: found.id } });
    } catch (failure) {
      setError(wordsOf(failure));
    } finally {
      setPending(false);
    }
  };

  return (
    <>
      <PageHeader title="导入任务分解表" back={<Link to="/plans">← 任务分解表</Link>} lead="先读成草稿，核对无误再成表；成表之前什么也不会写入。" />
      <Card ledger title="交上文件">
        <FileDrop label="拖入印发的分解表" hint="Word（docx）、Excel（xlsx）、网页（html）、csv 或文本（txt），不超过 10 MB" accept=".docx,.xlsx,.html,.htm,.csv,.txt" pending={pending} error={error} onFiles={(files) => void read(files)} />
        <TextField className="import-year" label="年度" hint="不填则从标题里认" inputMode="numeric" value={year} error={wrongYear} onChange={setYear} />
      </Card>
      <Card title="会读出什么">
        <ul className="import-hints">
          <li>类别、任务与原文，一字不改。</li>
          <li>责任单位：全称、简称、别名都认；“各街镇”“区政府各部门”之类按印发当日的机构展开。</li>
          <li>“有关……单位”指谁，留给您定，系统不猜。</li>
          <li>句中的时限、比例、次数，标成可逐条核对的要求，等您确认。</li>
        </ul>
      </Card>
    </>
  );
}

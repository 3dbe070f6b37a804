import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Save } from "lucide-react";
import { useState } from "react";

import { api } from "@/api/client";
import { touch } from "@/api/events";
import { wordsOf } from "@/api/problem";
import { queryClient } from "@/api/query";
import type { LedgerImport, LedgerRow } from "@/api/types";
import { showTime } from "@/lib/dates";
import { randomId } from "@/lib/id";
import { Button, LinkButton } from "@/ui/Button";
import { FilterChips, type Chip } from "@/ui/FilterChips";
import { Notice } from "@/ui/Notice";
import { PageHeader } from "@/ui/Page";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { toast } from "@/ui/Toast";

import { returnedQuery } from "./queries";
import { ReturnedRow, rowKey, type Choice } from "./RoundTripRows";
import "./roundtrip.css";

/** 回读：交回的工作簿与库里逐行对照，定好冲突，写入。 */
export function RoundTripPage() {
  const { id, importId } = useParams({ from: "/inside/plans/$id/returned/$importId" });
  const { data, error, refetch } = useQuery(returnedQuery(id, importId));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={8} />;
  return (
    <>
      <PageHeader
        title="回读工作簿"
        back={
          <Link to="/plans/$id" params={{ id }}>
            ← {data.plan.name}
          </Link>
        }
        lead={
          <>
            <span>{data.file_name}</span>
            <span>{showTime(data.created_at)} 交回</span>
          </>
        }
      />
      {data.notices.map((notice) => (
        <Notice key={`${notice.sheet}-${notice.code}`} tone="warn">
          {notice.message}
        </Notice>
      ))}
      {data.state === "applied" ? <Applied found={data} /> : <Review found={data} />}
    </>
  );
}

function Applied({ found }: { found: LedgerImport }) {
  const { written, kept, refused } = found.result ?? { written: 0, kept: 0, refused: 0 };
  return (
    <Notice
      tone="ok"
      title={`已写入 ${written} 行`}
      actions={
        <LinkButton to="/plans/$id" params={{ id: found.plan.id }}>
          回到分解表
        </LinkButton>
      }
    >
      {kept > 0 && `留用库里的 ${kept} 行。`}
      {refused > 0 && `有问题或新加的 ${refused} 行没有写入。`}
      改前改后的内容都记在审计日志里；要改回来，请重新导出再改。
    </Notice>
  );
}

type Kind = "changed" | "conflict" | "refused" | "missing" | "ignored";

const KINDS: readonly { id: Kind; label: string; tone: NonNullable<Chip<Kind>["tone"]>; holds: (row: LedgerRow) => boolean }[] = [
  { id: "conflict", label: "冲突", tone: "seal", holds: (row) => row.state === "conflict" },
  { id: "changed", label: "改了", tone: "blue", holds: (row) => row.state === "changed" },
  { id: "refused", label: "不能写入", tone: "ochre", holds: (row) => row.state === "invalid" || row.state === "new" },
  { id: "ignored", label: "有改动未采用", tone: "ochre", holds: (row) => row.problems.some((problem) => !problem.blocks) },
  { id: "missing", label: "表里没有了", tone: "ink", holds: (row) => row.state === "missing" },
];

function Review({ found }: { found: LedgerImport }) {
  const [choices, setChoices] = useState<Record<string, Choice>>({});
  const [kind, setKind] = useState<Kind | null>(null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const conflicts = found.rows.filter((row) => row.state === "conflict");
  // 看过之后库里又变了的，先前的选择不算数
  const chosen = (row: LedgerRow) => (choices[rowKey(row)]?.version === row.version ? choices[rowKey(row)]?.take : undefined);
  const open = conflicts.filter((row) => chosen(row) === undefined).length;
  const written = found.summary.changed + conflicts.filter((row) => chosen(row) === "mine").length;
  const choose = (rows: readonly LedgerRow[], take: Choice["take"]) =>
    setChoices((now) => ({ ...now, ...Object.fromEntries(rows.map((row) => [rowKey(row), { take, version: row.version ?? 0 }])) }));

  const write = async () => {
    setPending(true);
    setError(null);
    const body = { choices: conflicts.map((row) => ({ sheet: row.sheet, row: row.row, take: chosen(row), version: row.version })) };
    try {
      const applied = await api.post<LedgerImport>(`/ledger-imports/${found.id}/apply`, body, { version: found.version, once: randomId() });
      queryClient.setQueryData(returnedQuery(found.plan.id, found.id).queryKey, applied);
      touch("plan");
      toast.ok(`已写入 ${applied.result?.written ?? 0} 行`);
    } catch (failure) {
      setError(failure);
      setPending(false);
      await queryClient.invalidateQueries({ queryKey: returnedQuery(found.plan.id, found.id).queryKey });
    }
  };

  const shown = KINDS.flatMap((each) => (kind === null || kind === each.id ? found.rows.filter(each.holds) : []));
  const rows = [...new Set(shown)];
  return (
    <>
      <div className="row-between">
        <FilterChips
          label="只看"
          items={KINDS.map(({ id, label, tone, holds }) => ({ id, label, tone, count: found.rows.filter(holds).length })).filter((item) => item.count > 0)}
          value={kind}
          onChange={setKind}
        />
        <span className="muted">另有 {found.summary.unchanged} 行没有改</span>
      </div>
      {conflicts.length > 1 && (kind === null || kind === "conflict") && (
        <div className="row" role="group" aria-label="全部冲突">
          <span>{conflicts.length} 处冲突：</span>
          <Button small onClick={() => choose(conflicts, "mine")}>
            全用表里的
          </Button>
          <Button small onClick={() => choose(conflicts, "theirs")}>
            全留库里的
          </Button>
        </div>
      )}
      {rows.length === 0 && <EmptyState title="没有改动">表里的内容与库里一样，没有什么要写入。</EmptyState>}
      <ul className="returned" aria-label="有改动的行">
        {rows.map((row) => (
          <ReturnedRow key={`${row.sheet}-${row.row ?? row.id ?? ""}`} row={row} take={chosen(row)} onTake={(take) => choose([row], take)} />
        ))}
      </ul>
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
      {found.summary.changed + conflicts.length > 0 && (
        <div className="returned-bar">
          <p>
            {open > 0 ? `还有 ${open} 处冲突要选用哪一份。` : `将写入 ${written} 行。`}
            <span className="muted">一次写完，写入后没有一键撤销；改前的内容在审计日志里。</span>
          </p>
          <Button variant="primary" icon={Save} pending={pending} disabled={open > 0} onClick={() => void write()}>
            写入 {written} 行
          </Button>
        </div>
      )}
    </>
  );
}

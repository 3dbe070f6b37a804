import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useRouter, useSearch } from "@tanstack/react-router";
import { ArrowDown, FileCheck2, FileDown, Settings2, Undo2 } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";

import { api, download } from "@/api/client";
import { isProblem, wordsOf } from "@/api/problem";
import type { CommittedPlan, ImportCommit, ImportRow, PlanImport } from "@/api/types";
import { showDate } from "@/lib/dates";
import { randomId } from "@/lib/id";
import { useWidth } from "@/lib/useWidth";
import { Button, LinkButton } from "@/ui/Button";
import { RadioGroup } from "@/ui/Checkbox";
import { ConfirmDialog } from "@/ui/Dialog";
import { FixLog, SavingLine, SavingTrouble } from "@/ui/DraftStatus";
import { Notice } from "@/ui/Notice";
import { Facts, Fold, PageHeader } from "@/ui/Page";
import { ErrorState, Loading } from "@/ui/States";
import { Tabs } from "@/ui/Tabs";
import { Tag } from "@/ui/Tag";
import { toast } from "@/ui/Toast";

import { blocking, nextOpen, openRows } from "./problems";
import { ProblemsView } from "./ProblemsView";
import { importQuery } from "./queries";
import { RowsView } from "./RowsView";
import type { ImportSearch } from "./search";
import { SourcePane } from "./SourcePane";
import { useDraft } from "./useDraft";
import "./plans.css";

const CommitDialog = lazy(() => import("./CommitDialog").then((part) => ({ default: part.CommitDialog })));
const DifferenceView = lazy(() => import("./DifferenceView").then((part) => ({ default: part.DifferenceView })));
const HeadDialog = lazy(() => import("./HeadDialog").then((part) => ({ default: part.HeadDialog })));
const RowDialog = lazy(() => import("./RowDialog").then((part) => ({ default: part.RowDialog })));

/** 导入第二步：草稿与原文对着看，改、定、成表。 */
export function ImportPage() {
  const { id } = useParams({ from: "/inside/plans/import/$id" });
  const { data, error, refetch } = useQuery(importQuery(id));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={10} label="正在取草稿…" />;
  return <Review draft={data} />;
}

type Asking = "head" | "commit" | "undo" | null;

function Review({ draft }: { draft: PlanImport }) {
  const client = useQueryClient();
  const router = useRouter();
  const writer = useDraft(draft);
  const [asking, setAsking] = useState<Asking>(null);
  const close = () => setAsking(null);
  const undo = async () => {
    await writer.undoCommit();
    toast.ok("已撤销成表，草稿恢复原样");
  };
  const commit = async (how: ImportCommit) => {
    const plan = await api.post<CommittedPlan>(`/plan-imports/${draft.id}/commit`, how, { once: randomId(), version: draft.version }).catch((failure: unknown) => {
      // 他人先改了：换上现状，成表前再看一眼
      if (isProblem(failure) && failure.status === 412) client.setQueryData(importQuery(draft.id).queryKey, failure.current<PlanImport>() ?? draft);
      throw failure;
    });
    await Promise.all([["plans"], ["imports", "list"], ["tasks"]].map((queryKey) => client.invalidateQueries({ queryKey })));
    await client.fetchQuery({ ...importQuery(draft.id), staleTime: 0 });
    close();
    if (plan.left_rows.length > 0) {
      toast.ok(`${plan.committed_rows} 项已成表，${plan.left_rows.length} 项留在这里`);
      return;
    }
    toast.ok("已成表，印发之前仍可修改");
    await router.navigate({ to: "/plans/$id", params: { id: plan.id } });
  };
  return (
    <>
      <Head draft={draft} onAsk={setAsking} saving={<SavingLine saving={writer.saving} />} />
      <SavingTrouble saving={writer.saving} />
      <WholeProblems problems={draft.problems} />
      <Bench draft={draft} writer={writer} />
      <Suspense>
        {asking === "head" && <HeadDialog draft={draft} onClose={close} onSave={(patch) => writer.patch(patch).then(close)} />}
        {asking === "commit" && <Commit draft={draft} onClose={close} onCommit={commit} />}
      </Suspense>
      <ConfirmDialog title="撤销成表？" isOpen={asking === "undo"} onClose={close} confirm="撤销成表" danger onConfirm={undo}>
        <p>收回这份导入写进分解表的 {draft.committed_rows} 项任务，草稿恢复原样，可以改好再成。已经印发、或成表后有人改过的，不能撤销。</p>
      </ConfirmDialog>
    </>
  );
}

/** 关于整份文件的话：三句以内直说，多了收起来。 */
function WholeProblems({ problems }: { problems: PlanImport["problems"] }) {
  const list = (
    <ul className="stack-tight">
      {problems.map((problem) => (
        <li key={problem.code + problem.message}>{problem.message}</li>
      ))}
    </ul>
  );
  if (problems.length === 0) return null;
  return <Notice tone="warn">{problems.length <= 3 ? list : <Fold summary={`这份文件有 ${problems.length} 处没有读入或需要核对`}>{list}</Fold>}</Notice>;
}

function Commit(props: { draft: PlanImport; onClose: () => void; onCommit: (how: ImportCommit) => Promise<void> }) {
  const { against } = useSearch({ from: "/inside/plans/import/$id" });
  return <CommitDialog {...props} against={against} />;
}

const STATES = {
  draft: { tone: "violet", shape: "○", words: "草稿" },
  partly: { tone: "ochre", shape: "◐", words: "部分成表" },
  committed: { tone: "bamboo", shape: "●", words: "已成表" },
} as const;

function Head({ draft, saving, onAsk }: { draft: PlanImport; saving: React.ReactNode; onAsk: (asking: Asking) => void }) {
  const look = STATES[draft.state];
  const save = () => void download(`/plan-imports/${draft.id}/workbook`, "核对表.xlsx").catch((failure: unknown) => toast.error(wordsOf(failure)));
  return (
    <>
      <PageHeader
        title={draft.title}
        back={<Link to="/plans">← 任务分解表</Link>}
        lead={
          <>
            <span>{draft.file_name}</span>
            <Tag tone={look.tone} shape={look.shape}>
              {look.words}
            </Tag>
            {draft.actions.includes("edit") && saving}
          </>
        }
        actions={
          <>
            <Button icon={FileDown} onClick={save}>
              核对表
            </Button>
            {draft.actions.includes("undo") && (
              <Button icon={Undo2} onClick={() => onAsk("undo")}>
                撤销成表
              </Button>
            )}
            {draft.plan_id && (
              <LinkButton to="/plans/$id" params={{ id: draft.plan_id }} variant={draft.state === "committed" ? "primary" : "default"}>
                看分解表
              </LinkButton>
            )}
            {draft.actions.includes("edit") && (
              <Button icon={Settings2} onClick={() => onAsk("head")}>
                改标题、年度
              </Button>
            )}
            {draft.actions.includes("commit") && (
              <Button variant="primary" icon={FileCheck2} onClick={() => onAsk("commit")}>
                {draft.state === "partly" ? "其余成表" : "成表"}
              </Button>
            )}
          </>
        }
      />
    </>
  );
}

function Counts({ draft }: { draft: PlanImport }) {
  const { summary } = draft;
  const left = blocking(draft.problem_groups);
  return (
    <div className="import-counts">
      <p className="import-sentence">
        {summary.tasks} 项任务，{summary.categories} 个类别；{draft.committed_rows > 0 && `已成表 ${draft.committed_rows} 项；`}
        {left > 0 ? (
          <>
            还有 <strong className="tag-text-seal">{left} 处待定</strong>
          </>
        ) : (
          <span className="tag-text-bamboo">没有待定的</span>
        )}
      </p>
      <Fold summary="读出了什么">
        <Facts
          items={[
            { label: "年度", value: `${draft.year} 年` },
            { label: "文号", value: draft.document_no ?? "没有认出" },
            { label: "印发", value: `${draft.issuer_text ?? ""} ${showDate(draft.issued_on, "日期没有认出")}` },
            { label: "要求", value: `${summary.duties} 条` },
            { label: "责任单位写法", value: `统称 ${summary.tokens.collective} 种、具名 ${summary.tokens.named} 种` },
            { label: "分工", value: `${summary.assignments} 项` },
          ]}
        />
      </Fold>
    </div>
  );
}

function Bench({ draft, writer }: { draft: PlanImport; writer: ReturnType<typeof useDraft> }) {
  const search = useSearch({ from: "/inside/plans/import/$id" });
  const navigate = useNavigate({ from: "/plans/import/$id" });
  const split = useWidth() === "wide";
  const [jump, setJump] = useState(0);
  const [editing, setEditing] = useState<ImportRow | null>(null);
  const pending = writer.saving.kind === "saving";
  const open = openRows(draft.problem_groups);
  const view = search.view ?? (draft.problem_groups.length > 0 ? "problems" : "rows");
  const pane = search.pane ?? "draft";
  const go = (part: ImportSearch) => void navigate({ search: (now) => ({ ...now, ...part }), replace: true, resetScroll: false });
  const show = (position: number) => {
    go({ view: "rows", row: position, pane: "draft", ...(search.open && !open.has(position) ? { open: undefined } : {}) } as ImportSearch);
    setJump((now) => now + 1);
  };
  const step = (direction: 1 | -1) => {
    const next = nextOpen(draft.rows, open, view === "rows" ? search.row : undefined, direction);
    if (next !== undefined) show(next);
  };
  useAltArrows(step, editing === null);
  const current = draft.rows.find((row) => row.position === search.row) ?? null;
  const problems = draft.problem_groups.reduce((sum, group) => sum + group.count, 0);

  return (
    <>
      <div className="row-between">
        <Counts draft={draft} />
        {open.size > 0 && (
          <Button icon={ArrowDown} aria-keyshortcuts="Alt+ArrowDown" onClick={() => step(1)}>
            下一处问题{split && <kbd>Alt ↓</kbd>}
          </Button>
        )}
      </div>
      {!split && (
        <RadioGroup
          segmented
          labelHidden
          label="看哪一边"
          value={pane}
          options={[
            { id: "draft", label: "草稿" },
            { id: "source", label: "原文" },
          ]}
          onChange={(id) => go({ pane: id })}
        />
      )}
      <div className="import">
        {(split || pane === "source") && <SourcePane draft={draft} current={current} />}
        {(split || pane === "draft") && (
          <div className="stack-tight import-draft">
            <Tabs
              label="草稿的几种看法"
              value={view}
              onChange={(id) => go({ view: id })}
              items={[
                {
                  id: "problems",
                  label: `问题（${problems} 处）`,
                  children: (
                    <div className="stack-tight">
                      <FixLog fixes={draft.fixes} pending={pending} onUndo={(number) => void writer.unfix(number).catch(() => undefined)} />
                      <ProblemsView draft={draft} against={search.against} pending={pending} onFix={writer.fix} onShow={show} />
                    </div>
                  ),
                },
                {
                  id: "rows",
                  label: `各行（${draft.rows.length}）`,
                  children: (
                    <RowsView
                      draft={draft}
                      current={search.row}
                      onlyOpen={search.open === true}
                      pending={pending}
                      jump={jump}
                      onOnlyOpen={(only) => go({ open: only ? true : undefined } as ImportSearch)}
                      onLook={(position) => go({ row: position })}
                      onEdit={setEditing}
                      onFix={writer.fix}
                    />
                  ),
                },
                {
                  id: "difference",
                  label: "与先前的差异",
                  children: (
                    <Suspense fallback={<Loading lines={4} />}>
                      <DifferenceView draft={draft} against={search.against} onAgainst={(against) => go({ against })} onShow={show} />
                    </Suspense>
                  ),
                },
              ]}
            />
          </div>
        )}
      </div>
      <Suspense>
        {editing && <RowDialog key={editing.position} row={editing} latest={draft.rows.find((row) => row.position === editing.position) ?? editing} onClose={() => setEditing(null)} onSave={(patch) => writer.patch({ rows: [patch] }).then(() => setEditing(null))} />}
      </Suspense>
    </>
  );
}

/** Alt+↓ 下一处、Alt+↑ 上一处；对话框开着时不管。 */
function useAltArrows(step: (direction: 1 | -1) => void, enabled: boolean): void {
  useEffect(() => {
    if (!enabled) return undefined;
    const keys = (event: KeyboardEvent) => {
      if (!event.altKey || (event.key !== "ArrowDown" && event.key !== "ArrowUp") || document.querySelector("[role=dialog],[role=alertdialog]")) return;
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    };
    window.addEventListener("keydown", keys);
    return () => window.removeEventListener("keydown", keys);
  });
}

import { useQuery } from "@tanstack/react-query";
import { Download, Eraser, Undo2 } from "lucide-react";
import { useCallback, useEffect, useMemo, useState } from "react";

import type { ReportForm } from "@/api/types";
import { useMe } from "@/app/session";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Card, Fold, PageHeader } from "@/ui/Page";
import { ErrorState, Loading } from "@/ui/States";
import { TextArea } from "@/ui/TextField";
import { toast } from "@/ui/Toast";

import { CheckFiles } from "./CheckFiles";
import { CheckHead } from "./CheckHead";
import { summed, type Entries } from "./figures";
import { asText, equationsAt, marksOf } from "./findings";
import { FindingsList } from "./FindingsList";
import { cellId, ReportGrid } from "./ReportGrid";
import { keepWork, recallWork, type Work } from "./stash";
import { formsQuery, useChecks } from "./useChecks";
import "./check.css";

/** 年报核对：拖入一份年报或照表填数，随改随核，什么也不保存到服务器。 */
export function CheckPage() {
  const { data: forms, error, refetch } = useQuery(formsQuery);
  return (
    <>
      <PageHeader title="年报核对" lead="拖入已发布的年度报告，或照官方表格填数、从 Excel 粘贴，随改随核。内容只留在这个标签页里：刷新不丢，关掉即清，服务器不保存。" />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : forms ? <Desk forms={forms} /> : <Loading lines={8} />}
    </>
  );
}

function blank(today: string): Work {
  const year = Number(today.slice(0, 4)) - 1;
  return { year, form: year >= 2021 ? "2021" : "2019", scope: "organ", unitName: "", entries: {}, texts: { overview: "", problems: "", other: "" }, totals: "computed", fileName: null, problems: [], previous: null };
}

function Desk({ forms }: { forms: readonly ReportForm[] }) {
  const me = useMe();
  const [work, setWork] = useState(() => recallWork(me.username) ?? blank(me.today));
  const [undo, setUndo] = useState<Entries | null>(null);
  const [clearing, setClearing] = useState(false);
  const [focused, setFocused] = useState<string | null>(null);
  const [kept, setKept] = useState(true);
  useEffect(() => setKept(keepWork(me.username, work)), [me.username, work]);
  const form = forms.find((each) => each.version === work.form);
  const entries = useMemo(() => (form && work.totals === "computed" ? summed(form, work.entries) : work.entries), [form, work.entries, work.totals]);
  const checks = useChecks(work, form, entries);
  const marks = useMemo(() => marksOf(checks.findings ?? []), [checks.findings]);
  const change = useCallback((patch: Partial<Work>) => setWork((now) => ({ ...now, ...patch })), []);
  const enter = useCallback((changes: Record<string, string>) => {
    setWork((now) => {
      if (Object.keys(changes).length > 1) setUndo(now.entries);
      return { ...now, entries: Object.fromEntries(Object.entries({ ...now.entries, ...changes }).filter(([, text]) => text !== "")) };
    });
  }, []);
  if (form === undefined) return null;
  const title = `${work.unitName || "（未写机关名称）"}${work.year}年政府信息公开工作年度报告`;
  return (
    <div className="examine">
      <div className="examine-main stack">
        <CheckFiles work={work} onRead={(read) => { setUndo(work.entries); change(read); }} onPrevious={(previous) => change({ previous })} onJump={jump} />
        {!kept && (
          <Notice tone="warn" title="这个浏览器不让网页留底">
            刷新或关闭页面，填的内容会丢，请及时导出。
          </Notice>
        )}
        <CheckHead work={work} onChange={change} />
        <div className="row no-print">
          {undo && (
            <Button icon={Undo2} onClick={() => { change({ entries: undo }); setUndo(null); }}>
              撤销上一步
            </Button>
          )}
          <Button icon={Eraser} onClick={() => setClearing(true)}>
            全部清空
          </Button>
        </div>
        {form.tables.map((table) => (
          <Card
            key={table.slug}
            ledger={table.slug === "t2"}
            title={`${table.part}、${table.heading}`}
            actions={
              <Button
                small
                onClick={() => {
                  const empty = table.places.flatMap(({ cell }) => (cell !== null && !entries[cell] ? [cell] : []));
                  enter(Object.fromEntries(empty.map((cell) => [cell, "0"])));
                  toast.ok(`表${table.part} ${empty.length} 格填了 0，可撤销`);
                }}
              >
                空白格填 0
              </Button>
            }
          >
            <ReportGrid form={form} table={table} entries={entries} previous={work.previous?.figures} marks={marks} lockSums={work.totals === "computed"} onChange={enter} onFocusCell={setFocused} />
          </Card>
        ))}
        <Texts work={work} onChange={change} />
      </div>
      <aside className="examine-side stack" aria-label="核对结果" id="findings">
        <Result form={form} title={title} checks={checks} />
      </aside>
      <Foot form={form} focused={focused} entries={entries} checks={checks} />
      <ConfirmDialog
        isOpen={clearing}
        title="清空全部内容？"
        confirm="清空"
        danger
        onClose={() => setClearing(false)}
        onConfirm={() => {
          setUndo(null);
          setWork(blank(me.today));
          return Promise.resolve();
        }}
      >
        三张表、文字和上年报告都会清掉，不能恢复。
      </ConfirmDialog>
    </div>
  );
}

function jump(cell: string): void {
  const input = document.getElementById(cellId(cell));
  input?.scrollIntoView({ block: "center", inline: "center" });
  input?.focus({ preventScroll: true });
}

function Texts({ work, onChange }: { work: Work; onChange: (patch: Partial<Work>) => void }) {
  const set = (part: keyof Work["texts"]) => (text: string) => onChange({ texts: { ...work.texts, [part]: text } });
  return (
    <Fold summary="文字部分：一、五、六（给了才核对文字里的数、年份、雷同与必写内容）" open={Object.values(work.texts).some(Boolean)}>
      <div className="stack">
        <TextArea label="一、总体情况" value={work.texts.overview} onChange={set("overview")} rows={6} />
        <TextArea label="五、存在的主要问题及改进情况" value={work.texts.problems} onChange={set("problems")} />
        <TextArea label="六、其他需要报告的事项" value={work.texts.other} onChange={set("other")} />
      </div>
    </Fold>
  );
}

type Checks = ReturnType<typeof useChecks>;

function counts(checks: Checks): string {
  if (checks.findings === null) return "还没有数字";
  const blocking = checks.findings.filter((finding) => finding.level === "block").length;
  return `不能报送 ${blocking} 条，提示 ${checks.findings.length - blocking} 条`;
}

function Result({ form, title, checks }: { form: ReportForm; title: string; checks: Checks }) {
  const { findings } = checks;
  return (
    <Card
      title="核对结果"
      actions={
        findings && (
          <Button small icon={Download} onClick={() => save(`${title}核对意见.txt`, asText(title, form, findings))}>
            导出
          </Button>
        )
      }
    >
      <p role="status" className="muted">
        {checks.error ? "" : counts(checks)}
        {checks.waiting && findings !== null ? "，正在核对…" : ""}
      </p>
      {checks.error && (
        <Notice tone="error" title="没有核对成" actions={<Button small onClick={() => void checks.refetch()}>再试一次</Button>}>
          填的内容都在这个标签页里，没有丢。
        </Notice>
      )}
      {findings === null ? !checks.error && <p className="muted">填了数或拖入文件之后，这里逐条列出勾稽关系的问题。</p> : <FindingsList findings={findings} onJump={jump} />}
    </Card>
  );
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** 页脚：光标所在格的勾稽关系；手机上也在这里看条数。 */
function Foot({ form, focused, entries, checks }: { form: ReportForm; focused: string | null; entries: Entries; checks: Checks }) {
  const cell = form.cells.find((each) => each.key === focused);
  const equations = cell ? equationsAt(form, cell.key, entries) : [];
  return (
    <div className="examine-foot no-print" role="group" aria-label="光标所在格的勾稽关系" tabIndex={0}>
      <div className="examine-equations">
        {cell ? (
          <>
            <strong>{cell.label}</strong>
            {equations.length === 0 ? (
              <span className="muted">这一格没有求和关系</span>
            ) : (
              equations.map((equation) => (
                <span key={equation.rule + equation.words} className={equation.balanced === false ? "examine-off" : undefined}>
                  {equation.rule} {equation.words} {equation.balanced === null ? "" : equation.balanced ? "✓ 平" : "✗ 不平"}
                </span>
              ))
            )}
          </>
        ) : (
          <span className="muted">光标放进一格，这里显示它的勾稽关系。方向键、回车、Tab 移动；可整块粘贴。</span>
        )}
      </div>
      <a className="examine-count" href="#findings">
        {counts(checks)}
      </a>
    </div>
  );
}


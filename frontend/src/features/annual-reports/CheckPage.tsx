import { useQuery } from "@tanstack/react-query";
import { Download, Eraser } from "lucide-react";
import { useCallback, useEffect, useMemo, useState } from "react";

import { reportFormsQuery } from "@/api/annualReports";
import type { Fix, ReportForm } from "@/api/types";
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
import { CheckTables } from "./CheckTables";
import { EquationBar } from "./EquationBar";
import { summed } from "./figures";
import { asText, marksOf } from "./findings";
import { FindingsList } from "./FindingsList";
import { applied } from "./history";
import type { Target } from "./ReportGrid";
import { keepWork, recallWork, type Work } from "./stash";
import { useChecks } from "./useChecks";
import { useHistory } from "./useHistory";
import "./check.css";

/** 年报核对：拖入一份年报或照表填数，随改随核，什么也不保存到服务器。 */
export function CheckPage() {
  const { data: forms, error, refetch } = useQuery(reportFormsQuery);
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
  const [clearing, setClearing] = useState(false);
  const [focused, setFocused] = useState<string | null>(null);
  const [target, setTarget] = useState<Target | null>(null);
  const [kept, setKept] = useState(true);
  useEffect(() => setKept(keepWork(me.username, work)), [me.username, work]);
  const form = forms.find((each) => each.version === work.form);
  const entries = useMemo(() => (form && work.totals === "computed" ? summed(form, work.entries) : work.entries), [form, work.entries, work.totals]);
  const checks = useChecks(work, form, entries);
  const marks = useMemo(() => marksOf(checks.findings ?? []), [checks.findings]);
  const change = useCallback((patch: Partial<Work>) => setWork((now) => ({ ...now, ...patch })), []);
  const jump = useCallback((cell: string) => setTarget((now) => ({ cell, at: (now?.at ?? 0) + 1 })), []);
  const history = useHistory(work.entries, (changes) => setWork((now) => ({ ...now, entries: applied(now.entries, changes) })), jump);
  if (form === undefined) return null;
  const title = `${work.unitName || "（未写机关名称）"}${work.year}年政府信息公开工作年度报告`;
  const read = ({ entries: found = {}, ...rest }: Partial<Work>) => {
    history.enter({ ...Object.fromEntries(Object.keys(work.entries).map((key) => [key, ""])), ...found }, "读入文件");
    change(rest);
  };
  const fix = ({ words, figures }: Fix) => {
    const sums = work.totals === "computed" ? form.cells.filter((cell) => cell.sum_of.length > 0).map((cell) => cell.key) : [];
    const back = history.enter(Object.fromEntries(Object.entries(figures).flatMap(([cell, value]) => (sums.includes(cell) ? [] : [[cell, String(value)]]))), words);
    if (back) toast.ok(`已改：${words}`, { label: "撤销", run: back });
  };
  return (
    <div className="examine">
      <div className="examine-main stack">
        <CheckFiles work={work} onRead={read} onPrevious={(previous) => change({ previous })} onJump={jump} />
        {!kept && (
          <Notice tone="warn" title="这个浏览器不让网页留底">
            刷新或关闭页面，填的内容会丢，请及时导出。
          </Notice>
        )}
        <CheckHead work={work} onChange={change} />
        <CheckTables
          form={form}
          entries={entries}
          previous={work.previous}
          marks={marks}
          lockSums={work.totals === "computed"}
          history={history}
          target={target}
          onFocusCell={setFocused}
          tools={
            <Button icon={Eraser} onClick={() => setClearing(true)}>
              全部清空
            </Button>
          }
        />
        <Texts work={work} onChange={change} />
      </div>
      <aside className="examine-side stack" aria-label="核对结果" id="findings">
        <Result form={form} title={title} checks={checks} onJump={jump} onFix={fix} />
      </aside>
      <EquationBar form={form} focused={focused} entries={entries} previous={work.previous?.figures} count={counts(checks)} />
      <ConfirmDialog
        isOpen={clearing}
        title="清空全部内容？"
        confirm="清空"
        danger
        onClose={() => setClearing(false)}
        onConfirm={() => {
          history.forget();
          setWork(blank(me.today));
          return Promise.resolve();
        }}
      >
        三张表、文字和上年报告都会清掉，不能恢复。
      </ConfirmDialog>
    </div>
  );
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

interface ResultProps {
  form: ReportForm;
  title: string;
  checks: Checks;
  onJump: (cell: string) => void;
  onFix: (fix: Fix) => void;
}

function Result({ form, title, checks, onJump, onFix }: ResultProps) {
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
      {findings === null ? !checks.error && <p className="muted">填了数或拖入文件之后，这里逐条列出勾稽关系的问题。</p> : <FindingsList findings={findings} onJump={onJump} onFix={onFix} />}
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

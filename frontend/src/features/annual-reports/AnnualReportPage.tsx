import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { FileDown, FileSearch, Sigma } from "lucide-react";
import { useCallback, useState, type ReactNode } from "react";

import { annualReportQuery, REPORT_FILES, reportFormsQuery } from "@/api/annualReports";
import { download } from "@/api/client";
import { wordsOf } from "@/api/problem";
import type { AnnualReport, ReportForm } from "@/api/types";
import { useMe } from "@/app/session";
import { dueWords, showDate, showDay } from "@/lib/dates";
import { useWidth } from "@/lib/useWidth";
import { Button, LinkButton } from "@/ui/Button";
import { ClashDialog } from "@/ui/ClashDialog";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { PageHeader } from "@/ui/Page";
import { ErrorState, Loading } from "@/ui/States";
import { Tabs } from "@/ui/Tabs";
import { toast } from "@/ui/Toast";

import { CellDialog } from "./CellDialog";
import { CompileCard } from "./CompileCard";
import { EquationBar } from "./EquationBar";
import { HistoryPart } from "./HistoryPart";
import { openPoints, PointsAt } from "./PointsAt";
import { ProsePart } from "./ProsePart";
import { ReportActions } from "./ReportActions";
import { countsOf, ReportFindings } from "./ReportFindings";
import { REPORT_PARTS, type ReportPart } from "./search";
import { LateMark, StateMark } from "./StateMark";
import { TablePart } from "./TablePart";
import { useReport, type Desk } from "./useReport";
import "./check.css";
import "./report.css";

/** 一份年度报告：六个部分、核对、流转、经过。能改就是填，不能改就是看与审。 */
export function AnnualReportPage() {
  const { id } = useParams({ from: "/inside/annual-reports/$id" });
  const report = useQuery(annualReportQuery(id));
  const forms = useQuery(reportFormsQuery);
  const failed = [report, forms].find((query) => query.isError && query.data === undefined);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  const form = forms.data?.find((each) => each.version === report.data?.form);
  if (!report.data || !form) return <Loading lines={10} />;
  return <Report key={id} report={report.data} form={form} />;
}

function Report({ report, form }: { report: AnnualReport; form: ReportForm }) {
  const { part = "overview" } = useSearch({ from: "/inside/annual-reports/$id" });
  const navigate = useNavigate({ from: "/annual-reports/$id" });
  const narrow = useWidth() === "narrow";
  const [focused, setFocused] = useState<string | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const show = useCallback((next: ReportPart) => void navigate({ search: next === "overview" ? {} : { part: next }, replace: true, resetScroll: false }), [navigate]);
  const onJump = useCallback((place: string) => show(REPORT_PARTS.find((each) => place === each || place.startsWith(`${each}.`)) ?? "overview"), [show]);
  const desk = useReport(report, form, onJump);
  const table = form.tables.find((each) => each.slug === part);
  return (
    <>
      <Head desk={desk} />
      {desk.kept.restored && <Notice tone="info">已接上您上次没有送到服务器的内容，请核对。</Notice>}
      {desk.report.withdraw_reason && desk.report.withdrawn_at && desk.report.state !== "published" && (
        <Notice tone="warn" title="这份报告公布后撤下过">
          {desk.report.withdraw_reason}
        </Notice>
      )}
      <CompileCard desk={desk} />
      <div className="examine">
        <div className="examine-main stack">
          <PointsAt desk={desk} points={openPoints(desk).filter((point) => point.target === "whole")} />
          <Tabs label="报告的各部分" value={part} onChange={show} items={partsOf(desk, setFocused, setOpened)} />
        </div>
        <aside className="examine-side stack" aria-label="核对结果" id="findings">
          <ReportFindings desk={desk} />
        </aside>
        <div className="report-foot no-print">
          {table && (!narrow || focused) && (
            <EquationBar
              form={form}
              focused={focused}
              entries={desk.entries}
              previous={desk.report.previous?.figures}
              count={countsOf(desk)}
              actions={
                focused && (
                  <Button small icon={FileSearch} onClick={() => setOpened(focused)}>
                    看由来
                  </Button>
                )
              }
            />
          )}
          <ReportActions desk={desk} focused={focused} onNarrowFindings={toFindings} />
        </div>
      </div>
      {opened && <CellDialog desk={desk} cell={opened} onClose={() => setOpened(null)} />}
      {desk.kept.status.kind === "clash" && <ClashDialog clashes={desk.kept.status.clashes} onResolve={(keys) => desk.keeper.resolve(keys)} />}
    </>
  );
}

function toFindings(): void {
  document.getElementById("findings")?.scrollIntoView();
}

/** 页签的名字，后面跟着那一部分有几条不能报送。 */
function tabLabel(words: string, count: number): ReactNode {
  if (count === 0) return words;
  return (
    <>
      {words}
      <span className="tab-count">
        {count}
        <span className="visually-hidden">条不能报送</span>
      </span>
    </>
  );
}

function partsOf(desk: Desk, onFocusCell: (key: string) => void, onOpenCell: (key: string) => void) {
  const blocked = (test: (cell: string) => boolean, part?: string) =>
    (desk.check?.findings ?? []).filter((finding) => finding.level === "block" && finding.waiver === null && (finding.cells.some(test) || (part !== undefined && finding.passages.some((passage) => passage.part === part)))).length;
  const prose = (id: "overview" | "problems" | "other", words: string) => ({ id, label: tabLabel(words, blocked(() => false, id)), children: <ProsePart desk={desk} part={id} /> });
  const names: Record<string, string> = { t2: "二 主动公开", t3: "三 依申请公开", t4: "四 复议诉讼" };
  const tables = desk.form.tables.map((table) => ({
    id: table.slug as ReportPart,
    label: tabLabel(names[table.slug] ?? table.heading, blocked((cell) => cell.startsWith(table.slug))),
    children: <TablePart desk={desk} table={table} onFocusCell={onFocusCell} onOpenCell={onOpenCell} />,
  }));
  return [prose("overview", "一 总体情况"), ...tables, prose("problems", "五 问题"), prose("other", "六 其他"), { id: "history" as const, label: "经过", children: <HistoryPart desk={desk} /> }];
}

function Head({ desk }: { desk: Desk }) {
  const { report } = desk;
  const { today } = useMe();
  const [files, setFiles] = useState(false);
  const handed = report.first_submitted_at !== null;
  return (
    <PageHeader
      title={report.title}
      back={<Link to="/annual-reports">← 年度报告</Link>}
      lead={
        <>
          <StateMark state={report.state} words={report.state_words} />
          <span>{report.scope_words}</span>
          <span>
            {showDate(report.due_on)}前公布{!handed && `（${dueWords(today, report.due_on)}）`}
            {!handed && report.alert_on !== report.due_on && `，最后一个工作日是 ${showDay(report.alert_on)}`}
          </span>
          {report.late && <LateMark />}
          {report.published_on && <span>公布于 {showDate(report.published_on)}</span>}
        </>
      }
      actions={
        <>
          {report.scope === "government" && (
            <LinkButton to="/annual-reports/$id/roll-up" params={{ id: report.id }} icon={Sigma}>
              汇总底表
            </LinkButton>
          )}
          <Button icon={FileDown} onClick={() => setFiles(true)}>
            下载…
          </Button>
          {files && <Files report={report} onClose={() => setFiles(false)} />}
        </>
      }
    />
  );
}

function Files({ report, onClose }: { report: AnnualReport; onClose: () => void }) {
  const [pending, setPending] = useState<string | null>(null);
  const get = async (extension: string) => {
    setPending(extension);
    try {
      await download(`/annual-reports/${report.id}.${extension}`, `${report.title}.${extension}`);
    } catch (failure) {
      toast.error(wordsOf(failure));
    } finally {
      setPending(null);
    }
  };
  return (
    <Dialog title="下载" isOpen onClose={onClose}>
      <p className="muted">四种样子，数字相同。</p>
      <ul className="stack-tight">
        {REPORT_FILES.map((file) => (
          <li key={file.extension}>
            <Button icon={FileDown} pending={pending === file.extension} onClick={() => void get(file.extension)}>
              {file.label}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

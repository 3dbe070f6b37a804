import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";

import { annualReportQuery, reportFormsQuery } from "@/api/annualReports";
import { api } from "@/api/client";
import type { Aggregate, AnnualReport, ReportForm, ReportRoster, ReportSums, ReportTable, RosterUnit } from "@/api/types";
import { Button } from "@/ui/Button";
import { DataTable, type Column } from "@/ui/DataTable";
import { Card, Fold, PageHeader } from "@/ui/Page";
import { ErrorState, Loading } from "@/ui/States";

import { CellDialog, signed } from "./CellDialog";
import { FindingsList } from "./FindingsList";
import { StateMark } from "./StateMark";
import { useReport, type Desk } from "./useReport";
import "./check.css";
import "./report.css";

/** 汇总底表：每一格由几家相加、几家空白、调了多少；名册在旁，D1—D3 的核对在上。 */
export function RollUpPage() {
  const { id } = useParams({ from: "/inside/annual-reports/$id/roll-up" });
  const report = useQuery(annualReportQuery(id));
  const forms = useQuery(reportFormsQuery);
  const sums = useQuery({
    queryKey: ["annual-reports", "sums", report.data?.unit.id, report.data?.year],
    queryFn: ({ signal }) => api.get<Aggregate>("/annual-reports/aggregate", { year: report.data?.year, unit_id: report.data?.unit.id }, signal),
    enabled: report.data !== undefined,
  });
  const failed = [report, forms, sums].find((query) => query.isError && query.data === undefined);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  const form = forms.data?.find((each) => each.version === report.data?.form);
  if (!report.data || !form || !sums.data?.reports) return <Loading lines={10} />;
  return <RollUp key={id} report={report.data} form={form} sums={sums.data.reports} />;
}

function RollUp({ report, form, sums }: { report: AnnualReport; form: ReportForm; sums: ReportSums }) {
  const [opened, setOpened] = useState<string | null>(null);
  const desk = useReport(
    report,
    form,
    useCallback((cell: string) => setOpened(cell), []),
  );
  const between = (desk.check?.findings ?? []).filter((finding) => finding.rule.startsWith("D"));
  return (
    <>
      <PageHeader
        title={`${report.year}年汇总底表`}
        back={
          <Link to="/annual-reports/$id" params={{ id: report.id }}>
            ← {report.title}
          </Link>
        }
        lead={
          <>
            <StateMark state={report.state} words={report.state_words} />
            <span>
              应计 {sums.roster.counted.length + sums.roster.missing.length} 家，已计 {sums.roster.counted.length} 家
            </span>
            {report.state === "published" && <span>所取各份已定在公布时的版本</span>}
          </>
        }
      />
      {between.length > 0 && (
        <Card title={`汇总的核对（${between.length}）`}>
          <FindingsList findings={between} onJump={setOpened} settled={(finding) => finding.waiver !== null} />
        </Card>
      )}
      <div className="examine">
        <div className="examine-main stack">
          {form.tables.map((table) => (
            <SumTable key={table.slug} desk={desk} table={table} sums={sums} onOpen={setOpened} />
          ))}
        </div>
        <aside className="examine-side stack" aria-label="名册">
          <Sides roster={sums.roster} />
        </aside>
      </div>
      {opened && <CellDialog desk={desk} cell={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

interface SumTableProps {
  desk: Desk;
  table: ReportTable;
  sums: ReportSums;
  onOpen: (cell: string) => void;
}

/** 一张表：默认只列有数、有调整或对不上的格，其余折起。 */
function SumTable({ desk, table, sums, onOpen }: SumTableProps) {
  const cells = useMemo(() => {
    const kinds = new Map(desk.form.cells.map((cell) => [cell.key, cell]));
    return table.places.flatMap(({ cell }) => (cell !== null && kinds.get(cell)?.sum_of.length === 0 ? [cell] : []));
  }, [desk.form, table]);
  const own = (cell: string) => desk.report.figures[cell] ?? null;
  const telling = (cell: string) => Boolean(Number(sums.figures[cell] ?? 0)) || Boolean(Number(own(cell) ?? 0)) || sums.adjusted[cell] !== undefined || (sums.cells[cell]?.blank ?? 0) > 0;
  const shown = cells.filter(telling);
  return (
    <Card ledger={table.slug === "t2"} title={`${table.part}、${table.heading}`}>
      {shown.length > 0 ? <Rows cells={shown} desk={desk} sums={sums} onOpen={onOpen} name={`表${table.part}有数的格`} /> : <p className="muted">各格都是 0。</p>}
      {shown.length < cells.length && (
        <Fold summary={`其余 ${cells.length - shown.length} 格，各家都是 0`}>
          <Rows cells={cells.filter((cell) => !telling(cell))} desk={desk} sums={sums} onOpen={onOpen} name={`表${table.part}其余的格`} />
        </Fold>
      )}
    </Card>
  );
}

interface RowsProps {
  cells: readonly string[];
  desk: Desk;
  sums: ReportSums;
  onOpen: (cell: string) => void;
  name: string;
}

function Rows({ cells, desk, sums, onOpen, name }: RowsProps) {
  const columns: readonly Column<string>[] = [
    { id: "cell", header: "格", primary: true, cell: (cell) => <CellName desk={desk} cell={cell} onOpen={onOpen} /> },
    { id: "sum", header: "各家之和", width: 7, align: "end", cell: (cell) => sums.figures[cell] ?? "空白" },
    { id: "adjusted", header: "调整", width: 5, align: "end", cell: (cell) => (sums.adjusted[cell] === undefined ? "—" : signed(sums.adjusted[cell] ?? 0)) },
    { id: "reported", header: "报告里", width: 6, align: "end", cell: (cell) => <strong>{desk.report.figures[cell] ?? "空白"}</strong> },
    {
      id: "counted",
      header: "计入",
      width: 9,
      cell: (cell) => (
        <>
          {sums.cells[cell]?.counted ?? 0} 家{(sums.cells[cell]?.blank ?? 0) > 0 && <span className="tag-text-seal">，{sums.cells[cell]?.blank} 家空白</span>}
        </>
      ),
    },
  ];
  return <DataTable caption={name} columns={columns} rows={cells} rowKey={(cell) => cell} />;
}

/** 格的名字，点开是各家的数；有调整的，理由写在下面。 */
function CellName({ desk, cell, onOpen }: { desk: Desk; cell: string; onOpen: (cell: string) => void }) {
  return (
    <>
      <button type="button" className="linkish" onClick={() => onOpen(cell)}>
        {desk.labels.get(cell) ?? cell}
        <span className="visually-hidden">，看各家的数</span>
      </button>
      {desk.report.adjustments
        .filter((each) => each.cell === cell && each.withdrawn_at === null)
        .map((each) => (
          <p key={each.id} className="small muted">
            {signed(each.delta)}：{each.reason}
          </p>
        ))}
    </>
  );
}

/** 名册：计入的、缺的、不计入的。 */
function Sides({ roster }: { roster: ReportRoster }) {
  return (
    <>
      <Units title="缺" units={roster.missing} open />
      <Units title="计入" units={roster.counted} />
      {roster.excluded.length > 0 && (
        <Card title={`不计入（${roster.excluded.length}）`} level={3}>
          <ul className="cell-units">
            {roster.excluded.map((unit) => (
              <li key={unit.id}>
                <span>{unit.short_name}</span>
                <span className="muted small">{unit.reason}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

const FEW = 12;

function Units({ title, units, open = false }: { title: string; units: readonly RosterUnit[]; open?: boolean }) {
  const [all, setAll] = useState(open && units.length <= FEW);
  if (units.length === 0) return null;
  return (
    <Card title={`${title}（${units.length}）`} level={3}>
      <ul className="cell-units">
        {(all ? units : units.slice(0, FEW)).map((unit) => (
          <li key={unit.id + unit.scope}>
            {unit.report_id ? (
              <Link to="/annual-reports/$id" params={{ id: unit.report_id }}>
                {unit.short_name}
              </Link>
            ) : (
              <span>{unit.short_name}</span>
            )}
            <StateMark state={unit.state} words={unit.state_words} />
          </li>
        ))}
      </ul>
      {!all && units.length > FEW && (
        <Button small onClick={() => setAll(true)}>
          其余 {units.length - FEW} 家
        </Button>
      )}
    </Card>
  );
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ClipboardPaste, Pencil, Undo2 } from "lucide-react";
import { useState } from "react";

import { api } from "@/api/client";
import type { CalendarBrief, CalendarYear } from "@/api/types";
import { useMe } from "@/app/session";
import { showDate, showTime } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/Dialog";
import { Months } from "@/ui/MonthGrid";
import { Notice } from "@/ui/Notice";
import { Card, Facts, Fold, PageHeader } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { EmptyState, ErrorState, Loading } from "@/ui/States";
import { toast } from "@/ui/Toast";

import { ArrangementDialog } from "./ArrangementDialog";
import { byHoliday, lacksNextYear, lookOf, monthsOf } from "./days";
import "./calendars.css";

const SOURCES: Record<CalendarBrief["source"], string> = { shipped: "随软件提供", notice: "经确认的通知", none: "尚未公布" };

/** 工作日历：哪天放假、哪天调休上班；法定期限都按它算。 */
export function CalendarPage() {
  const me = useMe();
  const search = useSearch({ from: "/inside/calendar" });
  const navigate = useNavigate({ from: "/calendar" });
  const year = search.year ?? Number(me.today.slice(0, 4));
  const years = useQuery({ queryKey: ["calendars", "years"], queryFn: ({ signal }) => api.get<CalendarBrief[]>("/calendars", undefined, signal) });
  const { data, error, refetch } = useQuery({ queryKey: ["calendars", year], queryFn: ({ signal }) => api.get<CalendarYear>(`/calendars/${year}`, undefined, signal) });
  const [open, setOpen] = useState<Opened | null>(null);
  const go = (to: number) => void navigate({ search: { year: to } });
  const writes = me.permissions.includes("calendars:calendar:write");
  const listed = years.data ?? [];
  const options = (listed.some((each) => each.year === year) ? listed : [{ year, source: data?.source ?? "none" }, ...listed]).map((each) => ({ id: String(each.year), label: `${each.year} 年${each.source === "shipped" ? "" : `（${SOURCES[each.source]}）`}` }));
  return (
    <>
      <PageHeader
        title={`${year}年工作日历`}
        lead={data && (data.known ? <span>全年工作日 {data.workdays} 天　{SOURCES[data.source]}</span> : <span>放假安排尚未公布</span>)}
        actions={writes && <Actions data={data} onOpen={setOpen} />}
      />
      {years.data && lacksNextYear(me.today, years.data) && <NextYear year={Number(me.today.slice(0, 4)) + 1} writes={writes} />}
      <div className="filters no-print">
        <Select label="年度" className="calendar-year" value={String(year)} options={options} onChange={(value) => value && go(Number(value))} />
        <Legend />
      </div>
      {error && !data ? <ErrorState error={error} onRetry={() => void refetch()} /> : data ? <Year data={data} /> : <Loading lines={8} />}
      {(open === "paste" || open === "change") && (
        <ArrangementDialog
          from={open === "change" && data ? data : null}
          onClose={() => setOpen(null)}
          onConfirmed={(confirmed) => {
            setOpen(null);
            go(confirmed);
          }}
        />
      )}
      {data && <Undo data={data} isOpen={open === "undo"} onClose={() => setOpen(null)} />}
    </>
  );
}

type Opened = "paste" | "change" | "undo";

function Actions({ data, onOpen }: { data: CalendarYear | undefined; onOpen: (opened: Opened) => void }) {
  return (
    <>
      {data?.actions.includes("undo") && (
        <Button icon={Undo2} onClick={() => onOpen("undo")}>
          撤回确认
        </Button>
      )}
      {data?.known && data.actions.includes("change") && (
        <Button icon={Pencil} onClick={() => onOpen("change")}>
          修改
        </Button>
      )}
      <Button variant="primary" icon={ClipboardPaste} onClick={() => onOpen("paste")}>
        粘贴通知
      </Button>
    </>
  );
}

function NextYear({ year, writes }: { year: number; writes: boolean }) {
  return (
    <Notice tone="warn" title={`${year}年的放假安排还没有录入`}>
      跨入{year}年的期限只能按周末推算，都会标明“暂推算”。{writes ? "国务院办公厅的通知印发后，请在这里粘贴、核对、确认。" : "请提醒政务公开科录入国务院办公厅的通知。"}
    </Notice>
  );
}

function Legend() {
  return (
    <ul className="row calendar-legend" aria-label="图例">
      <li className="month-off">
        <span>休</span> 放假
      </li>
      <li className="month-work">
        <span>班</span> 调休上班
      </li>
    </ul>
  );
}

function Year({ data }: { data: CalendarYear }) {
  if (!data.known && data.days.length === 0) {
    return <EmptyState title={`${data.year}年的放假安排尚未公布`}>通知印发后，由政务公开科粘贴、核对、确认；在此之前，跨入这一年的期限只按周六、周日推算。</EmptyState>;
  }
  return (
    <>
      <Card ledger>
        <Months label={`${data.year}年月历`} months={monthsOf(data.year, data.days)} look={(iso) => lookOf(iso, data.days)} />
      </Card>
      <Card title="逐节安排">
        <Facts items={byHoliday(data.days, data.year)} />
      </Card>
      {data.notice && <Source data={data.notice} />}
    </>
  );
}

function Source({ data }: { data: NonNullable<CalendarYear["notice"]> }) {
  return (
    <Card title="出处">
      <Facts
        items={[
          { label: "通知", value: data.title },
          { label: "文号", value: data.document_no ?? "—" },
          { label: "成文日期", value: showDate(data.issued_on) },
          { label: "确认", value: `${data.confirmed_by_name}　${showTime(data.confirmed_at)}` },
          ...(data.note ? [{ label: "备注", value: data.note }] : []),
        ]}
      />
      {data.text && (
        <Fold summary="通知原文">
          <p className="prose">{data.text}</p>
        </Fold>
      )}
    </Card>
  );
}

function Undo({ data, isOpen, onClose }: { data: CalendarYear; isOpen: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const undo = async () => {
    await api.delete<CalendarYear>(`/calendars/${data.year}`, data.version);
    await Promise.all(["calendars", "deadlines"].map((key) => client.invalidateQueries({ queryKey: [key] })));
    toast.ok(`已撤回${data.year}年的确认`);
  };
  return (
    <ConfirmDialog title={`撤回${data.year}年的确认`} isOpen={isOpen} onClose={onClose} confirm="撤回" danger onConfirm={undo}>
      <p>撤回之后，{data.year}年回到随软件提供的安排；没有随软件提供的，回到“尚未公布”。所有期限随之重算，审计日志里留有撤回前的全部日子。</p>
    </ConfirmDialog>
  );
}

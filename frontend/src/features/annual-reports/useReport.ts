import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";

import { annualReportQuery, reportCheckQuery } from "@/api/annualReports";
import { api } from "@/api/client";
import { touch } from "@/api/events";
import { Keeper, type Kept } from "@/api/keeper";
import { NetworkFailure } from "@/api/problem";
import type { AnnualReport, CompileChange, CompileResult, Fix, ReportCheck, ReportForm, ReportPatch } from "@/api/types";
import { useMe } from "@/app/session";
import { useDraftKeeper } from "@/app/useDraftKeeper";
import { toast } from "@/ui/Toast";

import { entriesOf, summed, type Entries } from "./figures";
import { marksOf, type Mark } from "./findings";
import { applied } from "./history";
import { shapeFor, unsound, type Part, type ReportDraft, type ReportKeeper } from "./reportDraft";
import type { Target } from "./ReportGrid";
import { useHistory, type GridHistory } from "./useHistory";

/** 停手多久就存；存了才核对，所以比填报的短。 */
const PAUSE = 700;

export interface Act {
  path: string;
  body?: unknown;
  /** 办完说的话。 */
  done?: string;
}

/** 年报页各处共用的：报告、草稿、格里的字、发现、记号，以及能做的几样。 */
export interface Desk {
  form: ReportForm;
  report: AnnualReport;
  draft: ReportDraft;
  kept: Kept<AnnualReport, ReportDraft>;
  keeper: ReportKeeper;
  editable: boolean;
  /** 全部格里的字，求和格、结转格也在内。 */
  entries: Entries;
  locked: ReadonlyMap<string, string>;
  labels: ReadonlyMap<string, string>;
  /** 写的不是数的格、项。 */
  wrong: readonly string[];
  check: ReportCheck | undefined;
  checking: boolean;
  marks: ReadonlyMap<string, Mark>;
  history: GridHistory;
  target: Target | null;
  jump: (cell: string) => void;
  /** 到文字部分，选中那一句。 */
  jumpToText: (passage: { part: Part; text: string }) => void;
  fix: (fix: Fix) => void;
  act: (act: Act) => Promise<AnnualReport>;
  compile: () => Promise<void>;
  compiling: boolean;
  /** 刚才汇编带来的变化。 */
  changes: readonly CompileChange[] | null;
  forgetChanges: () => void;
  restore: (keys: readonly string[]) => Promise<void>;
  error: unknown;
}

export function useReport(report: AnnualReport, form: ReportForm, onJump: (place: string) => void): Desk {
  const labels = useMemo(() => new Map([...form.cells.map((cell) => [cell.key, cell.label] as const), ...report.facts.map((fact) => [fact.key, fact.label] as const)]), [form, report.facts]);
  const { keeper, kept } = useReportKeeper(report, form, labels);
  const { draft, server } = kept;
  const entries = useEntries(form, server, draft);
  const locked = useMemo(() => new Map(server.locked.map(({ cell, words }) => [cell, `${words}，已锁`])), [server.locked]);
  const [target, setTarget] = useState<Target | null>(null);
  const jump = useCallback(
    (cell: string) => {
      onJump(cell);
      setTarget((now) => ({ cell, at: (now?.at ?? 0) + 1 }));
    },
    [onJump],
  );
  const jumpToText = ({ part, text }: { part: Part; text: string }) => {
    onJump(part);
    requestAnimationFrame(() => selectText(part, text));
  };
  const history = useHistory(draft.figures, (changes) => keeper.edit((now) => ({ ...now, figures: applied(now.figures, changes) })), jump);
  const { check, checking, marks } = useFindings(server);
  const serving = useServer(keeper, server);
  const fix = ({ words, figures }: Fix) => {
    const back = history.enter(Object.fromEntries(Object.entries(figures).flatMap(([cell, value]) => (locked.has(cell) ? [] : [[cell, String(value)]]))), words);
    if (back) toast.ok(`已改：${words}`, { label: "撤销", run: back });
  };
  return { form, report: server, draft, kept, keeper, editable: server.actions.includes("edit"), entries, locked, labels, wrong: unsound({ form, labels }, draft), check, checking, marks, history, target, jump, jumpToText, fix, ...serving };
}

function selectText(part: Part, text: string): void {
  const place = document.getElementById(`part-${part}`);
  place?.scrollIntoView({ block: "start" });
  const area = place?.querySelector("textarea");
  if (!area) return;
  const from = area.value.indexOf(text);
  area.focus({ preventScroll: true });
  if (from >= 0) area.setSelectionRange(from, from + text.length);
}

function useReportKeeper(report: AnnualReport, form: ReportForm, labels: ReadonlyMap<string, string>) {
  const client = useQueryClient();
  const me = useMe();
  return useDraftKeeper<AnnualReport, ReportDraft, ReportPatch, ReportKeeper>(
    () =>
      new Keeper(report, shapeFor({ form, labels }), {
        user: me.id,
        delay: PAUSE,
        send: async (patch, version) => {
          const saved = await api.patch<AnnualReport>(`/annual-reports/${report.id}`, patch, version);
          client.setQueryData(annualReportQuery(report.id).queryKey, saved);
          return saved;
        },
      }),
    report,
  );
}

function useEntries(form: ReportForm, server: AnnualReport, draft: ReportDraft): Entries {
  return useMemo(() => {
    const fixed = entriesOf(server.figures);
    const carried = Object.fromEntries(server.locked.flatMap(({ cell }) => (fixed[cell] === undefined ? [] : [[cell, fixed[cell]]])));
    return summed(form, { ...carried, ...draft.figures });
  }, [form, server, draft.figures]);
}

/** 存一版核一版；说明过理由的，格上不再标。 */
function useFindings(server: AnnualReport) {
  const query = useQuery({ ...reportCheckQuery(server.id, server.version), placeholderData: (before: ReportCheck | undefined) => before });
  const marks = useMemo(() => marksOf((query.data?.findings ?? []).map((finding) => (finding.waiver ? { ...finding, cells: [] } : finding))), [query.data]);
  return { check: query.data, checking: query.isFetching, marks };
}

/** 办之前先存好；存不上就说为什么。 */
async function settled(keeper: ReportKeeper): Promise<void> {
  if (await keeper.flush()) return;
  const { status } = keeper.get();
  throw status.kind === "failed" ? status.error : new NetworkFailure();
}

/** 存好再办；办完换上新的一版。 */
function useServer(keeper: ReportKeeper, server: AnnualReport) {
  const client = useQueryClient();
  const [changes, setChanges] = useState<readonly CompileChange[] | null>(null);
  const take = (next: AnnualReport): AnnualReport => {
    client.setQueryData(annualReportQuery(server.id).queryKey, next);
    keeper.receive(next);
    touch("annual_report");
    return next;
  };
  const doing = useMutation({
    mutationFn: async ({ path, body }: Act) => {
      await settled(keeper);
      return api.post<AnnualReport>(`/annual-reports/${server.id}/${path}`, body, { version: keeper.get().server.version });
    },
    onSuccess: (next, { done }) => {
      take(next);
      if (done) toast.ok(done);
    },
  });
  const compiling = useMutation({
    mutationFn: async () => {
      await settled(keeper);
      return api.post<CompileResult>(`/annual-reports/${server.id}/compile`, undefined, { version: keeper.get().server.version });
    },
    onSuccess: (result) => {
      take(result.report);
      setChanges(result.changes);
    },
  });
  const restoring = useMutation({
    mutationFn: async (keys: readonly string[]) => {
      await settled(keeper);
      return api.patch<AnnualReport>(`/annual-reports/${server.id}`, { restore: keys }, keeper.get().server.version);
    },
    onSuccess: (next, keys) => {
      take(next);
      setChanges((now) => now && now.filter((change) => !keys.includes(change.key)));
      toast.ok("已换回汇编的结果");
    },
  });
  return {
    act: (act: Act) => doing.mutateAsync(act),
    compile: async () => {
      await compiling.mutateAsync().catch(() => undefined);
    },
    compiling: compiling.isPending,
    changes,
    forgetChanges: () => setChanges(null),
    restore: async (keys: readonly string[]) => {
      await restoring.mutateAsync(keys).catch(() => undefined);
    },
    error: compiling.error ?? restoring.error,
  };
}

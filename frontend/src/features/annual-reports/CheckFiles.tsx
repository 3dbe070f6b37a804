import { useMutation } from "@tanstack/react-query";

import { api } from "@/api/client";
import { wordsOf } from "@/api/problem";
import type { ReadProblem, ReadReport } from "@/api/types";
import { Button } from "@/ui/Button";
import { FileDrop } from "@/ui/FileDrop";
import { Notice } from "@/ui/Notice";
import { Fold } from "@/ui/Page";
import { toast } from "@/ui/Toast";

import { entriesOf } from "./figures";
import type { Previous, Work } from "./stash";

const ACCEPT = ".html,.htm,.docx,.xlsx";

export interface CheckFilesProps {
  work: Work;
  onRead: (patch: Partial<Work>) => void;
  onPrevious: (previous: Previous | null) => void;
  onJump: (cell: string) => void;
}

/** 两处放文件：要核对的，和上年的。 */
export function CheckFiles({ work, onRead, onPrevious, onJump }: CheckFilesProps) {
  const current = useReader((report, name) => {
    onRead({
      year: report.year ?? work.year,
      form: report.form,
      scope: report.scope,
      unitName: report.unit_name ?? "",
      entries: entriesOf(report.figures),
      texts: { overview: report.texts.overview ?? "", problems: report.texts.problems ?? "", other: report.texts.other ?? "" },
      totals: "given",
      fileName: name,
      problems: report.problems,
    });
    toast.ok(`读好了：${report.unit_name ?? name}`);
  });
  const previous = useReader((report) => onPrevious({ year: report.year, unitName: report.unit_name, form: report.form, figures: report.figures, texts: report.texts }));
  return (
    <>
      <div className="examine-files no-print">
        <FileDrop label="要核对的年度报告" hint={work.fileName ? `已读：${work.fileName}` : "网页（html）、Word（docx）、Excel（xlsx）"} accept={ACCEPT} pending={current.isPending} error={current.error && wordsOf(current.error)} onFiles={([file]) => file && current.mutate(file)} />
        <div className="stack-tight">
          <FileDrop
            label="上年的年度报告（可选）"
            hint={work.previous ? `已读：${work.previous.unitName ?? "上年报告"}${work.previous.year ?? ""}` : "给了才核对上年结转与雷同，上年的数淡淡地显示在格里"}
            accept={ACCEPT}
            pending={previous.isPending}
            error={previous.error && wordsOf(previous.error)}
            onFiles={([file]) => file && previous.mutate(file)}
          />
          {work.previous && (
            <Button small variant="quiet" onClick={() => onPrevious(null)}>
              不用上年报告
            </Button>
          )}
        </div>
      </div>
      {work.previous && work.previous.year !== null && work.previous.year !== work.year - 1 && (
        <Notice tone="warn" title={`上年报告写的是 ${work.previous.year} 年，要核对的是 ${work.year} 年`}>
          两份不相连，上年结转的核对没有意义，请确认文件与报告年度。
        </Notice>
      )}
      {work.problems.length > 0 && <Problems problems={work.problems} onJump={onJump} />}
    </>
  );
}

function useReader(onDone: (report: ReadReport, name: string) => void) {
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.set("file", file);
      return api.upload<ReadReport>("/annual-reports/read", form);
    },
    onSuccess: (report, file) => onDone(report, file.name),
  });
}

const FEW = 3;

function Problems({ problems, onJump }: { problems: readonly ReadProblem[]; onJump: (cell: string) => void }) {
  const list = (items: readonly ReadProblem[]) => (
    <ul className="stack-tight">
      {items.map((problem) => (
        <li key={`${problem.code}-${problem.cell ?? ""}-${problem.where ?? ""}-${problem.message}`} className="row">
          <span>
            {problem.message}
            {problem.where && <span className="muted small">（{problem.where}）</span>}
          </span>
          {problem.cell && (
            <Button small variant="quiet" onClick={() => onJump(problem.cell ?? "")} aria-label={`定位：${problem.message}`}>
              定位
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
  return (
    <Notice tone="warn" title={`有 ${problems.length} 处没有读准，格里留空，请对照原件补上`}>
      {list(problems.slice(0, FEW))}
      {problems.length > FEW && <Fold summary={`其余 ${problems.length - FEW} 处`}>{list(problems.slice(FEW))}</Fold>}
    </Notice>
  );
}

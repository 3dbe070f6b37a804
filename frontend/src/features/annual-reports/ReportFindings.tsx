import { FileCheck2 } from "lucide-react";
import { useState } from "react";

import { wordsOf } from "@/api/problem";
import type { ReportFinding } from "@/api/types";
import { showTime } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { Card } from "@/ui/Page";
import { toast } from "@/ui/Toast";

import { FindingsList } from "./FindingsList";
import { ReasonDialog } from "./ReasonDialog";
import type { Desk } from "./useReport";

export function countsOf(desk: Desk): string {
  if (!desk.check) return "正在核对…";
  const { blocking, warnings } = desk.check;
  return blocking + warnings === 0 ? "核对通过" : `不能报送 ${blocking} 条，提示 ${warnings} 条`;
}

/** 边上的核对结果：定位、照此改，有道理的写明理由放过。 */
export function ReportFindings({ desk }: { desk: Desk }) {
  const [waiving, setWaiving] = useState<ReportFinding | null>(null);
  const { check } = desk;
  const mayWaive = desk.report.actions.includes("waive");
  const unsaved = ["dirty", "saving", "offline"].includes(desk.kept.status.kind);
  return (
    <Card title="核对结果">
      <p role="status" className="muted">
        {countsOf(desk)}
        {desk.checking && check ? "，正在核对…" : unsaved ? "，存好后再核对" : ""}
      </p>
      {desk.wrong.length > 0 && (
        <Notice tone="warn" title={`${desk.wrong.length} 处写的不是数，没有保存`}>
          {desk.wrong.slice(0, 4).map((key) => desk.labels.get(key) ?? key).join("；")}
        </Notice>
      )}
      {check && (
        <FindingsList
          findings={check.findings}
          onJump={desk.jump}
          onPassage={desk.jumpToText}
          onFix={desk.editable ? desk.fix : undefined}
          fits={(fix) => Object.keys(fix.figures).every((cell) => !desk.locked.has(cell) || (desk.form.cells.find((each) => each.key === cell)?.sum_of.length ?? 0) > 0)}
          settled={(finding) => finding.waiver !== null}
          extra={(finding, number) => <Waiving desk={desk} finding={finding} number={number} mayWaive={mayWaive} onWaive={() => setWaiving(finding)} />}
        />
      )}
      {waiving && (
        <ReasonDialog
          title="说明理由，予以放过"
          confirm="放过这一条"
          hint={`${waiving.message}。理由随报告留存；数字再变，须重新说明。`}
          onClose={() => setWaiving(null)}
          onSend={(reason) => desk.act({ path: "waivers", body: { rule: waiving.rule, cells: waiving.cells, reason }, done: "已记下理由" })}
        />
      )}
    </Card>
  );
}

interface WaivingProps {
  desk: Desk;
  finding: ReportFinding;
  number: number;
  mayWaive: boolean;
  onWaive: () => void;
}

function Waiving({ desk, finding, number, mayWaive, onWaive }: WaivingProps) {
  const { waiver } = finding;
  if (waiver) {
    return (
      <div className="waiver">
        <p>
          <FileCheck2 size="1.1em" aria-hidden /> 已说明理由：{waiver.reason}
        </p>
        <p className="muted small">
          {waiver.made_by}　{showTime(waiver.made_at)}
        </p>
        {mayWaive && (
          <Button small onClick={() => void desk.act({ path: `waivers/${waiver.id}/withdraw`, done: "已撤回理由" }).catch((failure: unknown) => toast.error(wordsOf(failure)))} aria-label={`撤回第 ${number} 条的理由`}>
            撤回理由
          </Button>
        )}
      </div>
    );
  }
  if (!finding.waivable || !mayWaive) return null;
  return (
    <Button small variant="quiet" onClick={onWaive} aria-label={`说明第 ${number} 条的理由`}>
      说明理由…
    </Button>
  );
}

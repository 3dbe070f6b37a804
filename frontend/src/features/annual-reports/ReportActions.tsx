import { RefreshCw, Send } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import { wordsOf } from "@/api/problem";
import type { ReportAction } from "@/api/types";
import { Button } from "@/ui/Button";
import { ConfirmDialog, Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { SaveStatusLine } from "@/ui/SaveStatusLine";

import { circled } from "./findings";
import { ReasonDialog } from "./ReasonDialog";
import type { Desk } from "./useReport";

// 日历不小，要用时才取
const PublishDialog = lazy(async () => ({ default: (await import("./PublishDialog")).PublishDialog }));
const ReturnDialog = lazy(async () => ({ default: (await import("./ReturnDialog")).ReturnDialog }));

const ASKED: Partial<Record<ReportAction, { title: string; text: string; confirm: string; done: string }>> = {
  sign: { title: "签发这份年度报告？", text: "签发后报政务公开工作主管部门审核，审核前可以撤回。", confirm: "签发", done: "已签发" },
  accept: { title: "审核通过？", text: "通过之后计入本级政府的汇总，可以公布。", confirm: "审核通过", done: "已通过" },
  withdraw: { title: "撤回这份报告？", text: "撤回后可以再改，改好须重新提交。", confirm: "撤回", done: "已撤回" },
};

const REASONED: Partial<Record<ReportAction, { title: string; hint: string; confirm: string; done: string }>> = {
  reopen: { title: "重新打开已通过的报告", hint: "重新打开后，单位要改好再报、再签、再审。理由记入办理经过。", confirm: "重新打开", done: "已重新打开" },
  unpublish: { title: "撤下已公布的报告", hint: "撤下后公众页面不再显示，并写明已撤下。理由记入办理经过，也告诉取用的门户网站。", confirm: "撤下", done: "已撤下" },
};

/** 粘在底下的一条：存到哪一步，接下来能做什么（都由 actions 说）。 */
export function ReportActions({ desk, focused, onNarrowFindings }: { desk: Desk; focused: string | null; onNarrowFindings: () => void }) {
  const { actions } = desk.report;
  const [asking, setAsking] = useState<ReportAction | null>(null);
  const close = () => setAsking(null);
  const ask = asking ? ASKED[asking] : undefined;
  const reason = asking ? REASONED[asking] : undefined;
  const may = (action: ReportAction) => actions.includes(action);
  return (
    <>
      {desk.error !== null && desk.error !== undefined && (
        <Notice tone="error" title="没有办成">
          {wordsOf(desk.error)}
        </Notice>
      )}
      <div className="row report-actions no-print">
        {desk.editable ? <SaveStatusLine status={desk.kept.status} onRetry={() => void desk.keeper.flush()} /> : <span />}
        <div className="row">
          {may("compile") && (
            <Button icon={RefreshCw} pending={desk.compiling} onClick={() => void desk.compile()}>
              {desk.report.compiled_at ? "重新汇编" : "汇编"}
            </Button>
          )}
          {may("withdraw") && <Button onClick={() => setAsking("withdraw")}>撤回</Button>}
          {may("reopen") && <Button onClick={() => setAsking("reopen")}>重新打开</Button>}
          {may("unpublish") && (
            <Button variant="danger" onClick={() => setAsking("unpublish")}>
              撤下…
            </Button>
          )}
          {may("return") && (
            <Button variant="danger" onClick={() => setAsking("return")}>
              退回…
            </Button>
          )}
          {may("submit") && (
            <Button variant="primary" icon={Send} onClick={() => setAsking("submit")}>
              {desk.report.state === "returned" ? "重新提交" : "提交"}
            </Button>
          )}
          {may("sign") && (
            <Button variant="primary" onClick={() => setAsking("sign")}>
              签发
            </Button>
          )}
          {may("accept") && (
            <Button variant="primary" onClick={() => setAsking("accept")}>
              审核通过
            </Button>
          )}
          {may("publish") && (
            <Button variant="primary" onClick={() => setAsking("publish")}>
              公布…
            </Button>
          )}
        </div>
      </div>
      {asking === "submit" && <SubmitDialog desk={desk} onClose={close} onLook={onNarrowFindings} />}
      <Suspense>
        {asking === "return" && <ReturnDialog desk={desk} cell={focused} onClose={close} />}
        {asking === "publish" && <PublishDialog desk={desk} onClose={close} />}
      </Suspense>
      {asking && ask && (
        <ConfirmDialog title={ask.title} isOpen confirm={ask.confirm} onClose={close} onConfirm={() => desk.act({ path: asking, done: ask.done })}>
          <p>
            <strong>{desk.report.title}</strong>
          </p>
          <p>{ask.text}</p>
        </ConfirmDialog>
      )}
      {asking && reason && <ReasonDialog title={reason.title} hint={reason.hint} confirm={reason.confirm} danger onClose={close} onSend={(text) => desk.act({ path: asking, body: { reason: text }, done: reason.done })} />}
    </>
  );
}

/** 提交前：挡着的、写错的、没答复的，先说清楚。 */
function SubmitDialog({ desk, onClose, onLook }: { desk: Desk; onClose: () => void; onLook: () => void }) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const findings = (desk.check?.findings ?? []).map((finding, index) => ({ finding, number: index + 1 })).filter(({ finding }) => finding.level === "block" && finding.waiver === null);
  const unanswered = desk.report.state === "returned" ? desk.report.points.filter((point) => (desk.draft.answers[point.id] ?? "").trim() === "") : [];
  const stopped = findings.length + unanswered.length + desk.wrong.length > 0;
  const submit = async () => {
    setPending(true);
    setError(null);
    try {
      await desk.act({ path: "submit", done: "已提交，等分管领导签发" });
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog
      title="提交年度报告"
      isOpen
      wide={stopped}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{stopped ? "回去改" : "取消"}</Button>
          {!stopped && (
            <Button variant="primary" pending={pending} onClick={() => void submit()}>
              提交
            </Button>
          )}
        </>
      }
    >
      {stopped ? (
        <Notice tone="warn" title="还不能提交">
          <ul className="stack-tight">
            {findings.map(({ finding, number }) => (
              <li key={finding.key}>
                {circled(number)} {finding.message}
              </li>
            ))}
            {desk.wrong.map((key) => (
              <li key={key}>“{desk.labels.get(key) ?? key}”写的不是数</li>
            ))}
            {unanswered.map((point) => (
              <li key={point.id}>退回要点没有答复：{point.text}</li>
            ))}
          </ul>
          {findings.length > 0 && (
            <Button
              small
              onClick={() => {
                onClose();
                onLook();
              }}
            >
              到核对结果里逐条改
            </Button>
          )}
        </Notice>
      ) : (
        <p>提交后由分管领导签发；签发之前可以撤回。</p>
      )}
      {error !== null && <Notice tone="error">{wordsOf(error)}</Notice>}
    </Dialog>
  );
}

import { LoaderCircle, SaveAll } from "lucide-react";

import { wordsOf } from "@/api/problem";
import { showTime, showClock } from "@/lib/dates";
import type { DraftSaving } from "@/api/useVersioned";

import { Button } from "./Button";
import { Notice } from "./Notice";
import { Fold } from "./Page";

/** 存到哪一步。 */
export function SavingLine({ saving }: { saving: DraftSaving }) {
  return (
    <span className="small" role="status">
      {saving.kind === "clean" && <span className="muted">每一步当即存下</span>}
      {saving.kind === "saving" && (
        <>
          <LoaderCircle className="spin" size="1.1em" aria-hidden /> 正在保存…
        </>
      )}
      {saving.kind === "saved" && (
        <span className="tag-text-bamboo">
          <SaveAll size="1.1em" aria-hidden /> 已保存 {showClock(saving.at)}
        </span>
      )}
      {saving.kind === "failed" && <strong className="tag-text-seal">没有存上</strong>}
      {saving.kind === "clash" && <strong className="tag-text-seal">他人刚改过，请核对</strong>}
    </span>
  );
}

/** 没存上、或他人先改了：说清楚，给一个再来一次。 */
export function SavingTrouble({ saving }: { saving: DraftSaving }) {
  if (saving.kind === "clash") {
    return (
      <Notice tone="warn" live title="同事刚改过这份草稿" actions={<Button onClick={saving.again}>在新的一版上再改一次</Button>}>
        您这一步没有存；下面已换成最新的一版，请先看看。
      </Notice>
    );
  }
  if (saving.kind !== "failed") return null;
  return (
    <Notice tone="error" title="没有存上" actions={<Button onClick={saving.again}>再试一次</Button>}>
      {wordsOf(saving.error)}
    </Notice>
  );
}

export interface UsedFix {
  number: number;
  label: string;
  by: string;
  at: string;
  alias?: string | null;
}

/** 用过的改法，逐次可撤。 */
export function FixLog({ fixes, pending, onUndo }: { fixes: readonly UsedFix[]; pending: boolean; onUndo: (number: number) => void }) {
  if (fixes.length === 0) return null;
  return (
    <Fold summary={`已用的改法（${fixes.length}）`}>
      <ul className="stack-tight">
        {[...fixes].sort((a, b) => b.number - a.number).map((fix) => (
          <li key={fix.number} className="row-between">
            <span>
              {fix.label}
              {fix.alias && `，别名“${fix.alias}”`}{" "}
              <span className="muted small">
                {fix.by}，{showTime(fix.at)}
              </span>
            </span>
            <Button small pending={pending} onClick={() => onUndo(fix.number)}>
              撤回<span className="visually-hidden">：{fix.label}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Fold>
  );
}

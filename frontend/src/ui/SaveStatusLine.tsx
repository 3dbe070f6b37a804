import { CloudOff, LoaderCircle, PenLine, SaveAll } from "lucide-react";

import type { SaveStatus } from "@/api/keeper";
import { wordsOf } from "@/api/problem";
import { showClock } from "@/lib/dates";

import { Button } from "./Button";
import "./keeping.css";

/** 存到哪一步，随时看得见、读得出。 */
export function SaveStatusLine({ status, onRetry }: { status: SaveStatus<unknown>; onRetry: () => void }) {
  return (
    <div className="save-status">
      <p role="status">
        {status.kind === "clean" && <span className="muted">边写边存，不必手动保存</span>}
        {status.kind === "dirty" && (
          <>
            <PenLine size="1.1em" aria-hidden /> 正在写…
          </>
        )}
        {status.kind === "saving" && (
          <>
            <LoaderCircle className="spin" size="1.1em" aria-hidden /> 正在保存…
          </>
        )}
        {status.kind === "saved" && (
          <span className="tag-text-bamboo">
            <SaveAll size="1.1em" aria-hidden /> 已自动保存 {showClock(status.at)}
          </span>
        )}
        {status.kind === "offline" && (
          <strong className="tag-text-ochre">
            <CloudOff size="1.1em" aria-hidden /> 连不上服务器。{status.kept ? "写的内容已存在本机，连上后自动送出。" : "请先不要关闭页面。"}
          </strong>
        )}
        {status.kind === "failed" && <strong className="tag-text-seal">没有存上：{wordsOf(status.error)}</strong>}
        {status.kind === "clash" && <strong className="tag-text-seal">他人刚改过，请先核对</strong>}
      </p>
      {(status.kind === "offline" || status.kind === "failed") && (
        <Button small onClick={onRetry}>
          现在再试
        </Button>
      )}
    </div>
  );
}

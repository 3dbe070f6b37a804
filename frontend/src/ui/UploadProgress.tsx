import { useEffect, useState } from "react";

import type { Upload, UploadStage } from "@/api/useUpload";

import "./filedrop.css";

/** 上传与读取的进度；没有在传就什么也不显示。 */
export function UploadProgress({ upload, usual }: { upload: Upload; usual: string }) {
  return upload.stage.kind === "idle" ? null : <Running stage={upload.stage} name={upload.name} usual={usual} />;
}

function Running({ stage, name, usual }: { stage: Exclude<UploadStage, { kind: "idle" }>; name: string; usual: string }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = stage.kind === "reading" ? Math.max(0, Math.round((now - stage.since) / 1000)) : 0;
  return (
    <div className="upload-progress">
      <progress aria-label={`“${name}”的进度`} max={1} {...(stage.kind === "sending" ? { value: stage.sent } : {})} />
      <p role="status">{stage.kind === "sending" ? "正在上传…" : "已送到，正在读取…"}</p>
      <p className="muted small" aria-hidden>
        {stage.kind === "sending" ? `${Math.round(stage.sent * 100)}%` : `已用 ${seconds} 秒；${usual}`}
      </p>
    </div>
  );
}

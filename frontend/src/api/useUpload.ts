import { useState } from "react";

import { uploadWatched } from "./client";
import { isProblem, wordsOf } from "./problem";

import { randomId } from "@/lib/id";

/** 读不了的，除了原因再说怎么办。 */
const REMEDIES: Record<string, string> = {
  "document-encrypted": "在 Word 或 Excel 里打开，去掉密码，另存一份再交。",
  "document-damaged": "用 Word、Excel 或 WPS 打开看看；打得开就另存一份再交。",
  "document-too-complex": "删去图片、批注和无关的工作表，另存一份再交。",
  "document-too-large": "删去图片和无关的工作表，或拆成几份分别导入。",
};

export type UploadStage = { kind: "idle" } | { kind: "sending"; sent: number } | { kind: "reading"; since: number };

export interface Upload {
  stage: UploadStage;
  name: string;
  error: string | null;
  /** 送出并读完；没有读成为 undefined，原因在 error。 */
  send: <Read>(path: string, file: File, more?: { fields?: Record<string, string>; remedies?: Record<string, string> }) => Promise<Read | undefined>;
}

/** 交上一份文件：送了多少、读到哪里、没读成是为什么。 */
export function useUpload(): Upload {
  const [stage, setStage] = useState<UploadStage>({ kind: "idle" });
  const [name, setName] = useState("");
  const [error, setError] = useState<string | null>(null);
  const send: Upload["send"] = async (path, file, { fields = {}, remedies = {} } = {}) => {
    setStage({ kind: "sending", sent: 0 });
    setName(file.name);
    setError(null);
    const form = new FormData();
    form.append("file", file);
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    try {
      return await uploadWatched(path, form, randomId(), (sent) => setStage(sent < 1 ? { kind: "sending", sent } : { kind: "reading", since: Date.now() }));
    } catch (failure) {
      const remedy = isProblem(failure) ? { ...REMEDIES, ...remedies }[failure.code] : undefined;
      setError(`“${file.name}”没有读成：${wordsOf(failure)}${remedy ? `。${remedy}` : ""}`);
      return undefined;
    } finally {
      setStage({ kind: "idle" });
    }
  };
  return { stage, name, error, send };
}

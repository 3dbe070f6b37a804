import { useQueryClient } from "@tanstack/react-query";
import { Link2, Paperclip, Pencil, Plus, Trash2 } from "lucide-react";
import { useState, type ClipboardEvent } from "react";

import { api } from "@/api/client";
import { wordsOf } from "@/api/problem";
import { submissionQuery } from "@/api/progress";
import type { Evidence, StoredFile, Submission, SubmissionEvidence } from "@/api/types";
import { randomId } from "@/lib/id";
import { showDate } from "@/lib/dates";
import { Button, IconButton } from "@/ui/Button";
import { FileDrop } from "@/ui/FileDrop";
import { Card } from "@/ui/Page";
import { EmptyState } from "@/ui/States";
import { Tag } from "@/ui/Tag";
import { TextField } from "@/ui/TextField";

import { EvidenceDialog, type EvidenceSeed } from "./EvidenceDialog";
import { readLink, titleOf } from "./links";
import type { SubmissionParts } from "./parts";

export type Linked = Record<string, string[]>;

/** 佐证：贴网址、拖文件、截图粘贴都行，再补全文号与日期。 */
export function EvidenceEditor({ parts, linked, onChange }: { parts: SubmissionParts; linked: Linked; onChange: (change: (now: Linked) => Linked) => void }) {
  const { submission } = parts;
  const client = useQueryClient();
  const [known, setKnown] = useState<Record<string, Evidence>>({});
  const [link, setLink] = useState("");
  const [linkError, setLinkError] = useState<string | null>(null);
  const [uploading, setUploading] = useState(false);
  const [fileError, setFileError] = useState<string | null>(null);
  const [seed, setSeed] = useState<EvidenceSeed | null>(null);

  const records = { ...Object.fromEntries(submission.evidence.map((item) => [item.id, item as Evidence])), ...known };
  const shown = Object.entries(linked).flatMap(([id, duty_ids]) => (records[id] ? [{ ...records[id], duty_ids }] : []));

  const addLink = (text: string) => {
    const found = readLink(text);
    setLinkError(found ? null : "没有认出网址，应以 http:// 或 https:// 开头");
    if (!found) return;
    setLink("");
    setSeed({ url: found.url, title: found.title, file: null });
  };
  const addFiles = async (files: File[]) => {
    setUploading(true);
    setFileError(null);
    try {
      for (const file of files) {
        const form = new FormData();
        form.append("file", file);
        const stored = await api.upload<StoredFile>("/attachments", form, { once: randomId() });
        setSeed({ url: "", title: titleOf(file.name), file: stored });
      }
    } catch (failure) {
      setFileError(wordsOf(failure));
    } finally {
      setUploading(false);
    }
  };
  const saved = (evidence: Evidence, duties: string[]) => {
    setKnown((now) => ({ ...now, [evidence.id]: evidence }));
    client.setQueryData(submissionQuery(submission.id).queryKey, (now: Submission | undefined) =>
      now ? { ...now, evidence: now.evidence.map((item) => (item.id === evidence.id ? { ...item, ...evidence } : item)) } : now,
    );
    onChange((now) => ({ ...now, [evidence.id]: [...duties].sort() }));
    setSeed(null);
  };

  return (
    <Card title={`佐证材料（${shown.length}）`}>
      {shown.length === 0 ? (
        <EmptyState icon={Paperclip} title="还没有佐证">
          在下面粘贴公开页面的网址，或拖入文件、截图。
        </EmptyState>
      ) : (
        <ul className="evidence-list">
          {shown.map((item) => (
            <li key={item.id} id={`evidence-${item.id}`} className="evidence">
              <EvidenceSummary item={item} parts={parts} />
              <div className="row">
                <IconButton small label={`修改 ${item.title}`} icon={Pencil} onClick={() => setSeed({ evidence: item, duty_ids: item.duty_ids, url: item.url ?? "", title: item.title, file: item.file })} />
                <IconButton
                  small
                  label={`去掉 ${item.title}`}
                  icon={Trash2}
                  onClick={() =>
                    onChange((now) => {
                      const { [item.id]: _gone, ...rest } = now;
                      return rest;
                    })
                  }
                />
              </div>
            </li>
          ))}
        </ul>
      )}
      <div className="evidence-add">
        <form
          className="link-add"
          onSubmit={(event) => {
            event.preventDefault();
            addLink(link);
          }}
        >
          <TextField
            label="粘贴网址"
            inputMode="url"
            placeholder="https://"
            value={link}
            error={linkError}
            onChange={setLink}
            onPaste={(event: ClipboardEvent<HTMLInputElement>) => {
              const text = event.clipboardData.getData("text");
              if (readLink(text)) {
                event.preventDefault();
                addLink(text);
              }
            }}
          />
          <Button type="submit" icon={Link2}>
            添加链接
          </Button>
        </form>
        <FileDrop label="拖入或粘贴文件、截图" hint="PDF、PNG、JPG、Word（docx）、Excel（xlsx）" accept=".pdf,.png,.jpg,.jpeg,.docx,.xlsx" pending={uploading} error={fileError} onFiles={(files) => void addFiles(files)} />
        <p>
          <Button variant="quiet" icon={Plus} onClick={() => setSeed({ url: "", title: "", file: null })}>
            只有文号，没有网址和文件
          </Button>
        </p>
      </div>
      {seed && <EvidenceDialog seed={seed} duties={parts.assignment.duties} today={submission.period.ends_on} onClose={() => setSeed(null)} onSaved={saved} />}
    </Card>
  );
}

/** 一件佐证：标题、文号、三个日期、渠道、公开属性、证明哪几条。 */
export function EvidenceSummary({ item, parts, plain }: { item: SubmissionEvidence; parts: SubmissionParts; plain?: boolean }) {
  const numbers = item.duty_ids.map((id) => parts.assignment.duties.findIndex((duty) => duty.id === id) + 1).filter((number) => number > 0);
  const facts = [
    item.document_no,
    item.formed_on && `形成 ${showDate(item.formed_on)}`,
    item.published_on && `公开 ${showDate(item.published_on)}`,
    item.channel,
  ].filter((fact): fact is string => Boolean(fact));
  return (
    <div className="evidence-text">
      <p className="evidence-title">
        {item.url ? (
          <a href={item.url} target="_blank" rel="noreferrer noopener">
            {item.title}
            <span className="visually-hidden">（新窗口打开）</span>
          </a>
        ) : (
          item.title
        )}
      </p>
      {facts.length > 0 && <p className="muted small">{facts.join("　")}</p>}
      <p className="row small">
        {item.file && <FileLink file={item.file} />}
        {item.openness && <Tag tone={item.openness === "open" ? "bamboo" : "ink"}>{OPENNESS_WORDS[item.openness]}</Tag>}
        {item.secrecy_checked ? <Tag tone="bamboo">已保密审查</Tag> : <Tag tone="ochre">未勾保密审查</Tag>}
        {!plain && <span className="muted">{numbers.length > 0 ? `证明要求 ${numbers.join("、")}` : "未指明要求"}</span>}
      </p>
    </div>
  );
}

export const OPENNESS_WORDS = { open: "主动公开", on_request: "依申请公开", closed: "不予公开" } as const;

function FileLink({ file }: { file: StoredFile }) {
  const [error, setError] = useState<string | null>(null);
  const get = async () => {
    setError(null);
    try {
      const { download } = await import("@/api/client");
      await download(`/attachments/${file.id}`, file.name);
    } catch (failure) {
      setError(wordsOf(failure));
    }
  };
  return (
    <>
      {file.scan === "infected" ? (
        <span className="field-error">{file.name}：含有病毒，不可下载，请换一份</span>
      ) : (
        <Button small variant="quiet" icon={Paperclip} onClick={() => void get()}>
          {file.name}
          {file.scan === "unscanned" && <span className="muted">（未查杀）</span>}
        </Button>
      )}
      {error && <span className="field-error">{error}</span>}
    </>
  );
}

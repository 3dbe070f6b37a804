import { useQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useState } from "react";

import type { Entry, LetterOffer, LetterPreview, Register } from "@/api/types";
import { showDate } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { DownloadButton } from "@/ui/DownloadButton";
import { Card, Fold } from "@/ui/Page";
import { ErrorState, Loading } from "@/ui/States";

import { letterQuery, lettersQuery } from "./queries";

/** 文书：现在能制作哪些、其余等什么；先看文字，再下载。 */
export function LettersCard({ register, entry }: { register: Register; entry: Entry }) {
  const { data, error, refetch } = useQuery(lettersQuery(register.slug, entry.id, entry.version));
  const [looking, setLooking] = useState<LetterOffer | null>(null);
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={3} />;
  if (data.letters.length === 0) return null;
  const later = data.letters.filter((letter) => !letter.ready);
  return (
    <Card title="文书">
      <ul className="stack-tight">
        {data.letters
          .filter((letter) => letter.ready)
          .map((letter) => (
            <li key={letter.kind} className="row-between">
              <span>
                {letter.title}
                <span className="muted small register-why">{letter.why}</span>
              </span>
              <Button small icon={ScrollText} aria-label={`看${letter.title}`} onClick={() => setLooking(letter)}>
                看文字
              </Button>
            </li>
          ))}
      </ul>
      {later.length > 0 && (
        <Fold summary={`还不能制作的（${later.length}）`}>
          <ul className="stack-tight small">
            {later.map((letter) => (
              <li key={letter.kind}>
                {letter.title}：<span className="muted">{letter.why}</span>
              </li>
            ))}
          </ul>
        </Fold>
      )}
      {looking && <LetterDialog entry={entry} letter={looking} mayDownload={data.download} onClose={() => setLooking(null)} />}
    </Card>
  );
}

function LetterDialog({ entry, letter, mayDownload, onClose }: { entry: Entry; letter: LetterOffer; mayDownload: boolean; onClose: () => void }) {
  const { data, error, refetch } = useQuery(letterQuery(entry.slug, entry.id, entry.version, letter.kind));
  return (
    <Dialog
      title={letter.title}
      isOpen
      wide
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>关闭</Button>
          {mayDownload && (
            <DownloadButton primary path={`/registers/${entry.slug}/entries/${entry.id}/letters/${letter.kind}.docx`} name={`${letter.title}.docx`} done="已下载，并记入审计日志">
              下载 Word
            </DownloadButton>
          )}
        </>
      }
    >
      {error && !data ? <ErrorState error={error} onRetry={() => void refetch()} /> : data ? <Sheet letter={data} /> : <Loading lines={8} />}
      <p className="muted small">{mayDownload ? "这里的申请人已遮掩，下载的文书里是原名；每下载一次记入审计日志。" : "申请人已遮掩；只有承办单位可以下载。"}“（待填）”处请在下载之后补上。</p>
    </Dialog>
  );
}

/** 纸面的样子。 */
function Sheet({ letter }: { letter: LetterPreview }) {
  return (
    <article className="letter" lang="zh-CN">
      <p className="letter-title">{letter.organ}</p>
      <p className="letter-title">{letter.title}</p>
      {letter.number && <p className="letter-number">{letter.number}</p>}
      <p className="letter-to">{letter.addressee}：</p>
      {letter.paragraphs.map((text, index) => (
        <p key={index}>{text}</p>
      ))}
      <p className="letter-foot">{letter.organ}</p>
      <p className="letter-foot">{showDate(letter.dated)}</p>
    </article>
  );
}

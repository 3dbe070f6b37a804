import type { Changes, Claim } from "@/api/types";
import { showDate } from "@/lib/dates";
import { diffText } from "@/lib/diff";
import { Card } from "@/ui/Page";

import { outcomeWords } from "./draft";
import type { SubmissionParts } from "./parts";

/** 这一版与上一版的差别，审核从这里看起。 */
export function ChangesCard({ changes, parts }: { changes: Changes; parts: SubmissionParts }) {
  const { added, removed, changed } = changes.evidence;
  const none = changes.fields.length + changes.claims.length + added.length + removed.length + changed.length === 0;
  if (changes.from_revision === null) return null;
  return (
    <Card className="changes" title="这回改了什么" actions={<span className="muted">与第 {changes.from_revision} 版相比</span>}>
      {none && <p>内容没有变化，只补了答复。</p>}
      {changes.fields.map((field) => (
        <section key={field.field} className="stack-tight">
          <h3 className="muted">{field.label}</h3>
          <p className="prose">
            {diffText(field.before, field.after).map((piece, index) =>
              piece.kind === "same" ? (
                <span key={index}>{piece.text}</span>
              ) : piece.kind === "added" ? (
                <ins key={index}>{piece.text}</ins>
              ) : (
                <del key={index}>{piece.text}</del>
              ),
            )}
          </p>
        </section>
      ))}
      {changes.claims.length > 0 && (
        <section className="stack-tight">
          <h3 className="muted">逐条要求</h3>
          <ul className="stack-tight">
            {changes.claims.map((claim) => (
              <li key={claim.duty_id}>
                要求 {parts.assignment.duties.findIndex((duty) => duty.id === claim.duty_id) + 1}“{claim.duty_text}”：<del>{show(claim.before)}</del> <ins>{show(claim.after)}</ins>
              </li>
            ))}
          </ul>
        </section>
      )}
      {added.length + removed.length + changed.length > 0 && (
        <section className="stack-tight">
          <h3 className="muted">佐证材料</h3>
          <ul className="stack-tight">
            {added.map((item) => (
              <li key={item.id}>
                新增 <ins>{item.title}</ins>
              </li>
            ))}
            {changed.map((item) => (
              <li key={item.id}>改了 {item.title}</li>
            ))}
            {removed.map((item) => (
              <li key={item.id}>
                去掉 <del>{item.title}</del>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Card>
  );
}

function show(claim: Claim | null): string {
  if (!claim) return "未申报";
  return [outcomeWords(claim.outcome), claim.value === null ? "" : String(claim.value), claim.done_on ? showDate(claim.done_on) : "", claim.note ?? ""].filter(Boolean).join("，");
}

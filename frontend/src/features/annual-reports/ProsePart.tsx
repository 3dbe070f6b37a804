import { RotateCcw } from "lucide-react";

import type { ReportFact } from "@/api/types";
import { Button } from "@/ui/Button";
import { Card, Fold } from "@/ui/Page";
import { Tag } from "@/ui/Tag";
import { TextArea, TextField } from "@/ui/TextField";

import { Difference } from "./Difference";
import { tidy } from "./figures";
import { openPoints, PointsAt } from "./PointsAt";
import { isFact, PART_LABELS, type Part } from "./reportDraft";
import type { Desk } from "./useReport";

const ORIGIN = { blank: null, compiled: "系统起草，尚未改动", edited: "人工改过" } as const;

/** 一、五、六部分：文字，旁边是上年的；第一部分先把要写的数备齐。 */
export function ProsePart({ desk, part }: { desk: Desk; part: Part }) {
  const { report, draft, keeper, editable } = desk;
  const section = report.sections[part];
  const origin = ORIGIN[section.origin];
  const last = report.previous?.sections[part];
  const passages = (desk.check?.findings ?? []).flatMap((finding) => finding.passages.filter((passage) => passage.part === part).map((passage) => ({ ...passage, message: finding.message })));
  return (
    <div className="stack" id={`part-${part}`}>
      <PointsAt desk={desk} points={openPoints(desk).filter((point) => point.target === part)} />
      {part === "overview" && <Facts desk={desk} />}
      <Card ledger title={PART_LABELS[part]} actions={origin && <Tag tone={section.origin === "edited" ? "violet" : "blue"}>{origin}</Tag>}>
        {editable ? (
          <TextArea label={PART_LABELS[part]} labelHidden rows={part === "overview" ? 14 : 6} limit={60_000} value={draft.sections[part]} onChange={(text) => keeper.edit((now) => ({ ...now, sections: { ...now.sections, [part]: text } }))} />
        ) : (
          <p className="prose">{section.text || <span className="muted">（没有写）</span>}</p>
        )}
        {section.origin === "edited" && section.compiled !== "" && section.compiled !== section.text && (
          <Fold summary="与系统起草的差别">
            <Difference before={section.compiled} after={section.text} />
            {editable && (
              <p>
                <Button small icon={RotateCcw} onClick={() => void desk.restore([part])}>
                  换回系统起草的
                </Button>
              </p>
            )}
          </Fold>
        )}
        {passages.length > 0 && (
          <Fold summary={`核对提到的原文（${passages.length}）`} open>
            <ul className="stack-tight">
              {passages.map((passage) => (
                <li key={passage.message + passage.text} className="passage">
                  <blockquote>
                    <mark>{passage.text}</mark>
                    {passage.previous && (
                      <>
                        <br />
                        <span className="muted">对照：{passage.previous}</span>
                      </>
                    )}
                  </blockquote>
                  <p className="small">{passage.message}</p>
                </li>
              ))}
            </ul>
          </Fold>
        )}
        {last && (
          <Fold summary={`上年（${report.previous?.year ?? ""}年）怎么写的`}>
            <p className="prose muted">{last}</p>
          </Fold>
        )}
      </Card>
    </div>
  );
}

/** 第一部分所述的数，按五个方面分组；改了的标出来，可换回。 */
function Facts({ desk }: { desk: Desk }) {
  const groups = [...new Set(desk.report.facts.map((fact) => fact.group))];
  return (
    <Card title="第一部分要写的数" actions={<span className="muted small">改了这里，文字里的数请一并改</span>}>
      {groups.map((group) => (
        <section key={group} className="stack-tight" aria-label={group}>
          <h3>{group}</h3>
          <div className="facts-grid">
            {desk.report.facts
              .filter((fact) => fact.group === group)
              .map((fact) => (
                <Fact key={fact.key} desk={desk} fact={fact} />
              ))}
          </div>
        </section>
      ))}
    </Card>
  );
}

function Fact({ desk, fact }: { desk: Desk; fact: ReportFact }) {
  const { draft, keeper, editable } = desk;
  const value = draft.facts[fact.key] ?? "";
  const label = `${fact.label}（${fact.unit_words}）`;
  if (!editable) {
    return (
      <p className="fact-said">
        <span className="muted">{label}</span>
        <strong>{fact.value ?? "—"}</strong>
      </p>
    );
  }
  return (
    <TextField
      label={label}
      inputMode="numeric"
      autoComplete="off"
      value={value}
      error={value !== "" && !isFact(value) ? "写的不是数，没有保存" : undefined}
      hint={fact.edited && fact.compiled !== null ? `台账里是 ${fact.compiled}` : undefined}
      onChange={(text) => keeper.edit((now) => ({ ...now, facts: { ...now.facts, [fact.key]: tidy(text) } }))}
    />
  );
}

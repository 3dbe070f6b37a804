import type { AssignmentDuty, Claim, ComparedJudgement } from "@/api/types";
import { showDate } from "@/lib/dates";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/Checkbox";
import { DateField } from "@/ui/DateField";
import { dutyTerms } from "@/ui/DutyText";
import { JudgementLine } from "@/ui/Judgement";
import { Notice } from "@/ui/Notice";
import { Tag } from "@/ui/Tag";
import { TextField } from "@/ui/TextField";

import { OUTCOMES, outcomeWords } from "./draft";

const MEASURED = new Set(["ratio", "count"]);

export interface ClaimsEditorProps {
  duties: readonly AssignmentDuty[];
  claims: Record<string, Claim>;
  today: string;
  errors: Record<string, Record<string, string>>;
  /** 专项台账的判定，与存下的申报相比。 */
  judgements: readonly ComparedJudgement[];
  onChange: (dutyId: string, claim: Claim | null) => void;
}

/** 逐条要求：原文在上，落实情况在下；不填的不报。 */
export function ClaimsEditor({ duties, claims, today, errors, judgements, onChange }: ClaimsEditorProps) {
  return (
    <ol className="duties">
      {duties.map((duty, index) => (
        <li key={duty.id} id={`duty-${duty.id}`} className="duty">
          <DutyHead duty={duty} number={index + 1} />
          <ClaimFields duty={duty} number={index + 1} claim={claims[duty.id]} today={today} errors={errors[duty.id] ?? {}} judgement={judgements.find((item) => item.duty_id === duty.id)} onChange={(claim) => onChange(duty.id, claim)} />
        </li>
      ))}
    </ol>
  );
}

/** 一条要求的原文与期限。 */
export function DutyHead({ duty, number }: { duty: AssignmentDuty; number: number }) {
  return (
    <div className="duty-head">
      <span className="duty-no" aria-hidden>
        {number}
      </span>
      <div>
        <p className="duty-words">“{duty.text}”</p>
        <p className="row small">
          <Tag>{duty.kind_words}</Tag>
          {dutyTerms(duty, (iso) => showDate(iso)).map((term) => (
            <span key={term} className="muted">
              {term}
            </span>
          ))}
          {duty.owner_unit && <span className="muted">由 {duty.owner_unit.name} 负责</span>}
        </p>
      </div>
    </div>
  );
}

function ClaimFields({ duty, number, claim, today, errors, judgement, onChange }: { judgement: ComparedJudgement | undefined; duty: AssignmentDuty; number: number; claim: Claim | undefined; today: string; errors: Record<string, string>; onChange: (claim: Claim | null) => void }) {
  const blank: Claim = { duty_id: duty.id, outcome: "ongoing", value: null, done_on: null, note: null, difference_reason: null };
  const set = (change: Partial<Claim>) => onChange({ ...(claim ?? blank), ...change });
  const done = claim?.outcome === "met" || claim?.outcome === "partly";
  return (
    <div className="claim">
      {judgement && <JudgementLine judgement={judgement} />}
      {duty.claim && !claim && (
        <p className="muted small">
          {duty.claim.period_label}申报：{outcomeWords(duty.claim.outcome)}
          {duty.claim.done_on && `，${showDate(duty.claim.done_on)}`}
        </p>
      )}
      <RadioGroup
        segmented
        labelHidden
        label={`要求 ${number} 的落实情况`}
        value={claim?.outcome ?? null}
        options={OUTCOMES}
        error={errors["outcome"]}
        onChange={(outcome) => set({ outcome, done_on: outcome === "met" || outcome === "partly" ? (claim?.done_on ?? null) : null })}
      />
      {claim && claim.outcome !== "not_applicable" && (
        <div className="claim-fields">
          {(MEASURED.has(duty.kind) || duty.threshold) && (
            <NumberField label={`数值${duty.threshold ? `（${duty.threshold.unit}）` : ""}`} value={claim.value} error={errors["value"]} onChange={(value) => set({ value })} />
          )}
          {done && <DateField label="完成日期" value={claim.done_on} max={today} error={errors["done_on"]} onChange={(done_on) => set({ done_on })} />}
          <TextField className="claim-note" label="说明" value={claim.note ?? ""} error={errors["note"]} onChange={(note) => set({ note: note === "" ? null : note })} />
        </div>
      )}
      {claim && (judgement?.difference || claim.difference_reason) && <Difference number={number} judgement={judgement} claim={claim} error={errors["difference_reason"]} onChange={set} />}
    </div>
  );
}

/** 填的与专项台账有出入：照台账改，或者说明原因。 */
function Difference({ number, judgement, claim, error, onChange }: { number: number; judgement: ComparedJudgement | undefined; claim: Claim; error: string | undefined; onChange: (change: Partial<Claim>) => void }) {
  return (
    <div className="stack-tight">
      {judgement?.difference && (
        <Notice tone="warn" actions={judgement.value !== null && <Button onClick={() => onChange({ value: judgement.value, difference_reason: null })}>采用台账的数</Button>}>
          {judgement.difference}。请核对；确实不同的，说明原因才能提交。
        </Notice>
      )}
      <TextField label={`要求 ${number} 与专项台账不一致的说明`} value={claim.difference_reason ?? ""} error={error} onChange={(text) => onChange({ difference_reason: text === "" ? null : text })} />
    </div>
  );
}

function NumberField({ label, value, error, onChange }: { label: string; value: number | null; error: string | undefined; onChange: (value: number | null) => void }) {
  return (
    <TextField
      label={label}
      type="number"
      inputMode="decimal"
      min={0}
      step="any"
      value={value === null ? "" : String(value)}
      error={error}
      onChange={(text) => onChange(text === "" || Number.isNaN(Number(text)) ? null : Number(text))}
    />
  );
}

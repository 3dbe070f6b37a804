import { useState } from "react";

import type { PlanImport } from "@/api/types";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { Card } from "@/ui/Page";
import { Tag } from "@/ui/Tag";
import { UnitsPicker } from "@/ui/UnitPicker";

import { decide, openPhrases, type ImportPatch, type OpenPhrase } from "./patches";

const WORDS: Record<string, string> = { undecided: "待指定", suggested: "疑似", unknown: "不认识" };

/** 待您定：指不明的责任单位，一种写法定一次。 */
export function DecidePanel({ draft, pending, onChange }: { draft: PlanImport; pending: boolean; onChange: (patch: ImportPatch) => Promise<unknown> }) {
  const phrases = openPhrases(draft);
  if (phrases.length === 0) {
    return (
      <Notice tone="ok" title="责任单位都已指明">
        核对下面各行，无误即可成表。
      </Notice>
    );
  }
  return (
    <Card className="decide" title={`待您指定的责任单位（${phrases.length} 种写法）`}>
      <ul className="stack">
        {phrases.map((phrase) => (
          <Phrase key={phrase.text} phrase={phrase} pending={pending} onDecide={(ids) => onChange({ rows: decide(phrase.rows, phrase.text, ids) })} />
        ))}
      </ul>
    </Card>
  );
}

function Phrase({ phrase, pending, onDecide }: { phrase: OpenPhrase; pending: boolean; onDecide: (ids: string[]) => Promise<unknown> }) {
  const [units, setUnits] = useState<string[]>(phrase.unit_ids);
  const put = (ids: string[]) => void onDecide(ids).catch(() => undefined);
  return (
    <li className="decide-phrase">
      <div className="stack-tight">
        <p className="row">
          <strong>“{phrase.text}”</strong>
          <Tag tone="ochre" shape="◇">
            {WORDS[phrase.state] ?? phrase.state}
          </Tag>
        </p>
        <p className="muted small">
          {phrase.note ? `${phrase.note}；` : ""}见第 {phrase.rows.map((row) => row.position).join("、")} 项
        </p>
        {phrase.candidates.some((candidate) => candidate.score > 0) && (
          <p className="row small">
            相近的：
            {phrase.candidates
              .filter((candidate) => candidate.score > 0)
              .slice(0, 4)
              .map((candidate) => (
                <Button key={candidate.unit_id} small onClick={() => setUnits((now) => (now.includes(candidate.unit_id) ? now : [...now, candidate.unit_id]))}>
                  {candidate.name}
                </Button>
              ))}
          </p>
        )}
      </div>
      <UnitsPicker label={`“${phrase.text}”指哪些单位`} labelHidden value={units} onChange={setUnits} filter={(unit) => unit.holds_tasks} />
      <div className="row">
        <Button variant="primary" disabled={units.length === 0} pending={pending} onClick={() => put(units)}>
          就是这 {units.length} 个
        </Button>
        <Button pending={pending} onClick={() => put([])}>
          不指任何单位
        </Button>
      </div>
    </li>
  );
}

import { CopyPlus } from "lucide-react";

import type { Submission } from "@/api/types";
import { useWidth } from "@/lib/useWidth";
import { Button } from "@/ui/Button";
import { Fold } from "@/ui/Page";
import { TextArea } from "@/ui/TextField";

import { FIELD_LABELS, TEXT_FIELDS, type TextField } from "./draft";

const HINTS: Record<TextField, string> = {
  progress: "做了什么、做到哪一步；写清时间、数量、名称",
  measures: "怎么做的：部署、机制、检查",
  problems: "没有可不填",
  next_steps: "下一期打算做什么、何时完成",
};

export interface TextPairsProps {
  texts: Record<TextField, string>;
  previous: Submission["previous"];
  errors: Record<string, string>;
  onChange: (field: TextField, text: string) => void;
}

/** 四段文字，各配上期原文与“沿用上期”。 */
export function TextPairs({ texts, previous, errors, onChange }: TextPairsProps) {
  const narrow = useWidth() === "narrow";
  return (
    <div className="stack">
      {TEXT_FIELDS.map((field) => {
        const last = previous?.[field] ?? "";
        return (
          <div key={field} id={`part-${field}`} className={last && !narrow ? "pair" : undefined}>
            <TextArea
              label={FIELD_LABELS[field]}
              hint={HINTS[field]}
              required={field === "progress"}
              rows={field === "progress" ? 6 : 3}
              limit={field === "progress" ? 4000 : 2000}
              value={texts[field]}
              error={errors[field]}
              onChange={(text) => onChange(field, text)}
            />
            {last &&
              (narrow ? (
                <Fold summary={`看上期（${previous?.period_label}）`}>
                  <Previous label={FIELD_LABELS[field]} text={last} period={previous?.period_label ?? ""} current={texts[field]} onUse={(text) => onChange(field, text)} />
                </Fold>
              ) : (
                <Previous label={FIELD_LABELS[field]} text={last} period={previous?.period_label ?? ""} current={texts[field]} onUse={(text) => onChange(field, text)} />
              ))}
          </div>
        );
      })}
    </div>
  );
}

function Previous({ label, text, period, current, onUse }: { label: string; text: string; period: string; current: string; onUse: (text: string) => void }) {
  const used = current === text;
  return (
    <aside className="previous" aria-label={`${period}的${label}`}>
      <div className="row-between">
        <span className="muted small">上期 · {period}</span>
        <Button small variant="quiet" icon={CopyPlus} disabled={used} onClick={() => onUse(current.trim() === "" ? text : `${current.trimEnd()}\n${text}`)}>
          {used ? "已沿用" : current.trim() === "" ? "沿用上期" : "接在后面"}
          <span className="visually-hidden">：{label}</span>
        </Button>
      </div>
      <p className="prose previous-text">{text}</p>
    </aside>
  );
}

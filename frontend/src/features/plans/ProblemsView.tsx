import { useQuery } from "@tanstack/react-query";
import { PlusSquare } from "lucide-react";
import { useState } from "react";

import type { ImportFix, PlanImport, ProblemGroup } from "@/api/types";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { Notice } from "@/ui/Notice";
import { Fold } from "@/ui/Page";
import { Tag } from "@/ui/Tag";
import { UnitPicker, UnitsPicker } from "@/ui/UnitPicker";

import { CreateUnitsDialog } from "./CreateUnitsDialog";
import { sectionsOf, type Section } from "./problems";
import { comparisonQuery } from "./queries";
import { UnitChecklist } from "./UnitChecklist";

export interface ProblemsProps {
  draft: PlanImport;
  /** 与哪一份对照；其中同一写法指过哪些单位，可以照搬。 */
  against: string | undefined;
  pending: boolean;
  onFix: (...fixes: ImportFix[]) => Promise<unknown>;
  onShow: (position: number) => void;
}

/** 问题按种类归拢，一种写法定一次，处处都改。 */
export function ProblemsView(props: ProblemsProps) {
  const { draft } = props;
  const sections = sectionsOf(draft.problem_groups);
  const blocked = sections.some((section) => section.level === "block");
  return (
    <div className="import-scroll stack" role="region" aria-label="归好类的问题" tabIndex={0}>
      {!blocked && (
        <Notice tone="ok" title="责任单位都已指明">
          {sections.length > 0 ? "其余各处看一眼即可，不妨碍成表。" : "没有别的问题，可以成表。"}
        </Notice>
      )}
      {sections.map((section) => (
        <SectionCard key={section.code} {...props} section={section} />
      ))}
    </div>
  );
}

const LEVELS = { block: { tone: "seal", shape: "◆", words: "须定" }, warn: { tone: "ochre", shape: "▲", words: "请核对" }, note: { tone: "ink", shape: "○", words: "看一眼" } } as const;

function SectionCard({ section, ...props }: ProblemsProps & { section: Section }) {
  const { draft, onFix } = props;
  const [creating, setCreating] = useState(false);
  const look = LEVELS[section.level];
  const unknown = section.code === "assignee-unknown" && draft.actions.includes("write-units");
  const body = (
    <ul className="stack">
      {section.groups.map((group) => (
        <li key={group.text ?? ""} className="problem-group">
          <Group {...props} group={group} />
        </li>
      ))}
    </ul>
  );
  return (
    <section className={`card problem-section problem-${section.level}`} aria-label={section.title}>
      <div className="row-between">
        <h2 className="row">
          {section.title}
          <Tag tone={look.tone} shape={look.shape}>
            {look.words}
          </Tag>
          <span className="muted small">{section.groups[0]?.text == null ? `${section.places} 处` : `${section.groups.length} 种写法，${section.places} 处`}</span>
        </h2>
        {unknown && (
          <Button small icon={PlusSquare} onClick={() => setCreating(true)}>
            新建这 {section.groups.length} 个单位…
          </Button>
        )}
      </div>
      {body}
      {creating && <CreateUnitsDialog groups={section.groups} onClose={() => setCreating(false)} onCreate={(units) => onFix({ kind: "create-units", units })} />}
    </section>
  );
}

type GroupProps = ProblemsProps & { group: ProblemGroup };

function Group(props: GroupProps) {
  const { group, onShow } = props;
  return (
    <>
      <p className="row">
        {group.text !== null && (
          <>
            <strong>“{group.text}”</strong>
            <span className="problem-count">{group.count} 处</span>
          </>
        )}
        {group.text === null && group.message !== group.title && <span>{group.message}</span>}
        <Positions rows={group.rows} onShow={onShow} />
      </p>
      {group.code === "assignee-undecided" ? <Undecided {...props} /> : group.text === null ? <Plain {...props} /> : <Unclear {...props} />}
    </>
  );
}

const SHOWN = 8;

function Positions({ rows, onShow }: { rows: readonly number[]; onShow: (position: number) => void }) {
  const [all, setAll] = useState(false);
  const shown = all ? rows.slice(0, 400) : rows.slice(0, SHOWN);
  return (
    <span className="positions">
      <span className="muted small">见第</span>
      {shown.map((position) => (
        <button key={position} type="button" className="position" aria-label={`看第 ${position} 项`} onClick={() => onShow(position)}>
          {position}
        </button>
      ))}
      {rows.length > shown.length ? (
        <Button small variant="quiet" onClick={() => setAll(true)}>
          … 共 {rows.length} 项
        </Button>
      ) : (
        <span className="muted small">项</span>
      )}
    </span>
  );
}

/** 名称相近的、机构库里没有的：认作某单位，或新建，或不指。 */
function Unclear({ group, draft, pending, onFix }: GroupProps) {
  const [unit, setUnit] = useState<string | null>(null);
  const mayRemember = draft.actions.includes("write-units");
  const [remember, setRemember] = useState(mayRemember);
  const text = group.text ?? "";
  const send = (fix: ImportFix) => void onFix(fix).catch(() => undefined);
  const offered = group.fixes.filter(({ fix }) => mayRemember || fix["kind"] !== "create-units");
  const [best, ...others] = offered;
  const allowed = (fix: Record<string, unknown>) => (mayRemember ? fix : { ...fix, remember_alias: false }) as unknown as ImportFix;
  return (
    <>
      {best && (
        <Button variant={group.candidates.length > 0 ? "primary" : "default"} className="problem-fix" pending={pending} onClick={() => send(allowed(best.fix))}>
          {mayRemember ? best.label : best.label.replace("，并记为别名", "")}
        </Button>
      )}
      <Fold summary="别的办法">
        <div className="stack-tight">
          <div className="row">
            {others.map(({ label, fix }) => (
              <Button key={label} small pending={pending} onClick={() => send(allowed(fix))}>
                {mayRemember ? label : label.replace("，并记为别名", "")}
              </Button>
            ))}
          </div>
          <div className="problem-other">
            <UnitPicker label={`“${text}”认作`} value={unit} onChange={setUnit} />
            {mayRemember && (
              <Checkbox checked={remember} onChange={setRemember}>
                并记为别名，下次自己认得
              </Checkbox>
            )}
            <Button disabled={unit === null} pending={pending} onClick={() => unit !== null && send({ kind: "assignee", text, unit_ids: [unit], remember_alias: remember })}>
              {group.count} 处都认作它
            </Button>
          </div>
        </div>
      </Fold>
    </>
  );
}

/** “有关…单位”：勾选这一份里指哪些，处处一样。 */
function Undecided({ group, draft, against, pending, onFix }: GroupProps) {
  const [units, setUnits] = useState<string[]>([]);
  const { data: found } = useQuery(comparisonQuery(draft.id, draft.version, against));
  const text = group.text ?? "";
  const before = found?.earlier_phrases.find((phrase) => phrase.text === text)?.unit_ids ?? [];
  const put = (unit_ids: string[]) => void onFix({ kind: "assignee", text, unit_ids, remember_alias: false }).catch(() => undefined);
  return (
    <>
      <UnitChecklist label={`“${text}”指哪些单位`} candidates={group.candidates} value={units} onChange={setUnits} />
      <div className="row">
        <Button variant="primary" disabled={units.length === 0} pending={pending} onClick={() => put(units)}>
          {units.length === 0 ? "先勾选单位" : `${group.count} 处都是这 ${units.length} 个`}
        </Button>
        <Button pending={pending} onClick={() => put([])}>
          都不指单位
        </Button>
        {before.length > 0 && <Button onClick={() => setUnits(before)}>勾上先前那份所指的 {before.length} 个</Button>}
      </div>
    </>
  );
}

function Plain({ group, pending, onFix }: GroupProps) {
  const [units, setUnits] = useState<string[]>([]);
  const send = (fix: ImportFix) => void onFix(fix).catch(() => undefined);
  return (
    <>
      {group.code === "no-assignee" && (
        <div className="problem-other">
          <UnitsPicker label={`这 ${group.count} 项由谁负责`} value={units} onChange={setUnits} filter={(unit) => unit.holds_tasks} />
          <Button disabled={units.length === 0} pending={pending} onClick={() => send({ kind: "assign", unit_ids: units, role: "responsible" })}>
            {group.count} 项都由这 {units.length} 个单位负责
          </Button>
        </div>
      )}
      <div className="row">
        {group.fixes.map(({ label, fix }) => (
          <Button key={label} small pending={pending} onClick={() => send(fix as unknown as ImportFix)}>
            {label}
          </Button>
        ))}
        {group.code === "no-title" && <span className="muted">逐项点开修改</span>}
      </div>
    </>
  );
}

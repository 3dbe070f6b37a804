import { useQuery } from "@tanstack/react-query";
import { useId, useMemo, useState } from "react";

import { allUnitsQuery } from "@/api/query";
import type { ProblemGroup, Unit } from "@/api/types";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { TextField } from "@/ui/TextField";
import { matchesUnit } from "@/ui/UnitPicker";

/** 统称指哪些单位：候选在前，可搜、可全选、可清空。 */
export function UnitChecklist({ label, candidates, value, onChange }: { label: string; candidates: ProblemGroup["candidates"]; value: readonly string[]; onChange: (ids: string[]) => void }) {
  const id = useId();
  const { data = [] } = useQuery(allUnitsQuery);
  const [typed, setTyped] = useState("");
  const [all, setAll] = useState(false);
  const likely = useMemo(() => new Set(candidates.map((each) => each.unit_id)), [candidates]);
  const open = useMemo(() => data.filter((unit) => likely.has(unit.id)), [data, likely]);
  const pool = all || open.length === 0 ? data.filter((unit) => unit.holds_tasks) : open;
  // 搜的时候在全部单位里找，不限于候选
  const shown = typed.trim() === "" ? pool : data.filter((unit) => unit.holds_tasks && matchesUnit(unit, typed));
  const chosen = new Set(value);
  const toggle = (unit: Unit, on: boolean) => onChange(on ? [...value, unit.id] : value.filter((each) => each !== unit.id));
  return (
    <div className="checklist" role="group" aria-labelledby={id}>
      <span id={id} className="visually-hidden">
        {label}
      </span>
      <div className="checklist-tools">
        <TextField label={`找单位：${label}`} labelHidden type="search" placeholder="找单位" value={typed} onChange={setTyped} />
        <Button small onClick={() => onChange([...new Set([...value, ...shown.map((unit) => unit.id)])])}>
          全选{typed ? "找到的" : ""} {shown.length} 个
        </Button>
        <Button small disabled={value.length === 0} onClick={() => onChange([])}>
          清空
        </Button>
        {open.length > 0 && open.length < data.length && typed.trim() === "" && (
          <Checkbox checked={all} onChange={setAll}>
            列出全部单位
          </Checkbox>
        )}
      </div>
      <ul className="checklist-units" tabIndex={0} aria-label={`${label}的候选单位`}>
        {shown.map((unit) => (
          <li key={unit.id}>
            <Checkbox checked={chosen.has(unit.id)} onChange={(on) => toggle(unit, on)}>
              {unit.short_name || unit.name}
            </Checkbox>
          </li>
        ))}
        {shown.length === 0 && <li className="muted">没有符合的单位</li>}
      </ul>
    </div>
  );
}

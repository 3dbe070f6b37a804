import { useState } from "react";

import { fieldErrors, wordsOf } from "@/api/problem";
import type { ProblemGroup, UnitKind } from "@/api/types";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";

import { NEW_UNIT_KINDS } from "./unitKinds";

export interface NewUnit {
  text: string;
  name: string;
  kind: UnitKind;
}

interface Line extends NewUnit {
  wanted: boolean;
}

function guessed(group: ProblemGroup): Line {
  const offered = group.fixes.find(({ fix }) => fix["kind"] === "create-units")?.fix["units"] as NewUnit[] | undefined;
  const text = group.text ?? "";
  return { text, name: offered?.[0]?.name ?? text, kind: offered?.[0]?.kind ?? "other", wanted: true };
}

/** 成批新建不认识的单位：类别是猜的，逐个看过再建。 */
export function CreateUnitsDialog({ groups, onClose, onCreate }: { groups: readonly ProblemGroup[]; onClose: () => void; onCreate: (units: NewUnit[]) => Promise<unknown> }) {
  const [lines, setLines] = useState(() => groups.map(guessed));
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const wanted = lines.filter((line) => line.wanted);
  const set = (text: string, part: Partial<Line>) => setLines((now) => now.map((line) => (line.text === text ? { ...line, ...part } : line)));
  const short = wanted.some((line) => line.name.trim().length < 2);
  const create = async () => {
    if (short) return;
    setPending(true);
    setError(null);
    try {
      await onCreate(wanted.map(({ text, name, kind }) => ({ text, name: name.trim(), kind })));
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <Dialog
      title="新建不认识的单位"
      isOpen
      wide
      sticky
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button variant="primary" pending={pending} disabled={wanted.length === 0 || short} onClick={() => void create()}>
            新建 {wanted.length} 个
          </Button>
        </>
      }
    >
      <p className="muted">先看是不是已有单位的另一种叫法；是的话不要勾，回去认作那个单位。类别按名称猜的，请核对。</p>
      <ul className="stack">
        {lines.map((line) => (
          <li key={line.text} className="new-unit">
            <Checkbox checked={line.wanted} onChange={(on) => set(line.text, { wanted: on })}>
              “{line.text}”
            </Checkbox>
            <TextField label="全称" required disabled={!line.wanted} value={line.name} error={line.wanted && line.name.trim().length < 2 ? "至少两个字" : undefined} onChange={(name) => set(line.text, { name })} />
            <Select label="类别" disabled={!line.wanted} value={line.kind} options={NEW_UNIT_KINDS} onChange={(kind) => kind && set(line.text, { kind })} />
          </li>
        ))}
      </ul>
      {error !== null && <Notice tone="error">{fieldErrors(error, []).rest.join("；") || wordsOf(error)}</Notice>}
    </Dialog>
  );
}

import { useState } from "react";

import type { Clash } from "@/api/keeper";

import { Button } from "./Button";
import { RadioGroup } from "./Checkbox";
import { Dialog } from "./Dialog";
import "./keeping.css";

/** 两人改了同一处：并排给人看，一处一选。没冲突的早已合好。 */
export function ClashDialog({ clashes, onResolve }: { clashes: readonly Clash[]; onResolve: (theirs: string[]) => void }) {
  const [picks, setPicks] = useState<Record<string, "mine" | "theirs">>({});
  const done = () => onResolve(clashes.filter((clash) => picks[clash.key] === "theirs").map((clash) => clash.key));
  return (
    <Dialog
      title="内容已被他人修改"
      isOpen
      wide
      sticky
      onClose={done}
      footer={
        <Button variant="primary" onClick={done}>
          按所选保存
        </Button>
      }
    >
      <p>您打开之后，同事也改了下面 {clashes.length} 处。其余改动已自动合并；这几处请选留哪一份。</p>
      {clashes.map((clash) => (
        <section key={clash.key} className="stack-tight clash" aria-label={clash.label}>
          <h3>{clash.label}</h3>
          <div className="clash-pair">
            <div>
              <p className="muted small">我写的</p>
              <p className="prose">{clash.mine || "（空）"}</p>
            </div>
            <div>
              <p className="muted small">同事存的</p>
              <p className="prose">{clash.theirs || "（空）"}</p>
            </div>
          </div>
          <RadioGroup
            segmented
            labelHidden
            label={`${clash.label}留哪一份`}
            value={picks[clash.key] ?? "mine"}
            options={[
              { id: "mine", label: "用我写的" },
              { id: "theirs", label: "用同事存的" },
            ]}
            onChange={(pick) => setPicks((now) => ({ ...now, [clash.key]: pick }))}
          />
        </section>
      ))}
    </Dialog>
  );
}

import { Crosshair, RotateCcw, X } from "lucide-react";
import { useEffect, useRef } from "react";

import type { CompileChange } from "@/api/types";
import { Button, IconButton } from "@/ui/Button";
import { Card, Fold } from "@/ui/Page";

import { Difference } from "./Difference";
import type { Desk } from "./useReport";

const FEW = 12;

/** 汇编带来了什么：哪一格从几成了几；人改过的没有动，可以换成汇编的。 */
export function CompileCard({ desk }: { desk: Desk }) {
  const { changes } = desk;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (changes !== null) place.current?.scrollIntoView({ block: "nearest" });
  }, [changes]);
  if (changes === null) return null;
  const kept = changes.filter((change) => change.edited);
  const taken = changes.filter((change) => !change.edited);
  const filled = taken.filter((change) => change.kind !== "section" && change.was === null);
  const moved = taken.filter((change) => change.kind === "section" || change.was !== null);
  return (
    <div ref={place} role="status">
      <Card className="compile-changes" title={changes.length === 0 ? "汇编好了，没有变化" : `汇编好了，${changes.length} 处不同`} actions={<IconButton label="收起汇编结果" icon={X} onClick={desk.forgetChanges} />}>
        {kept.length > 0 && (
          <section className="stack-tight">
            <h3>您改过的 {kept.length} 处没有动</h3>
            <ul className="stack-tight">
              {kept.map((change) => (
                <Row key={change.key} change={change} desk={desk} />
              ))}
            </ul>
            {kept.length > 1 && (
              <p>
                <Button small icon={RotateCcw} onClick={() => void desk.restore(kept.map((change) => change.key))}>
                  全部换成汇编的结果
                </Button>
              </p>
            )}
          </section>
        )}
        {moved.length > 0 && <List title={`变了的 ${moved.length} 处`} changes={moved} desk={desk} />}
        {filled.length > 0 && <p className="muted">另有 {filled.length} 处原来空白，现已填上。</p>}
      </Card>
    </div>
  );
}

function List({ title, changes, desk }: { title: string; changes: readonly CompileChange[]; desk: Desk }) {
  const rows = (items: readonly CompileChange[]) => (
    <ul className="stack-tight">
      {items.map((change) => (
        <Row key={change.key} change={change} desk={desk} />
      ))}
    </ul>
  );
  return (
    <section className="stack-tight">
      <h3>{title}</h3>
      {rows(changes.slice(0, FEW))}
      {changes.length > FEW && <Fold summary={`其余 ${changes.length - FEW} 处`}>{rows(changes.slice(FEW))}</Fold>}
    </section>
  );
}

function Row({ change, desk }: { change: CompileChange; desk: Desk }) {
  const { kind, key, label, was, now, edited } = change;
  return (
    <li className="stack-tight">
      <p className="row">
        <span>{label}</span>
        {kind !== "section" && (
          <span>
            {edited ? "手填 " : ""}
            <del>{was ?? "空白"}</del> → {edited ? "汇编 " : ""}
            <ins>{now ?? "空白"}</ins>
          </span>
        )}
        {kind === "figure" && (
          <Button small variant="quiet" icon={Crosshair} onClick={() => desk.jump(key)} aria-label={`定位：${label}`}>
            定位
          </Button>
        )}
        {edited && desk.editable && (
          <Button small icon={RotateCcw} onClick={() => void desk.restore([key])} aria-label={`换成汇编的：${label}`}>
            换成汇编的
          </Button>
        )}
      </p>
      {kind === "section" && (
        <Fold summary={edited ? "看汇编的文字与现有的差别" : "看文字改了哪里"}>
          <Difference before={String(was ?? "")} after={String(now ?? "")} />
        </Fold>
      )}
    </li>
  );
}

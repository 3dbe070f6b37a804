import { CircleAlert, CircleCheck, Crosshair, TriangleAlert, Wrench } from "lucide-react";
import { useState, type ReactNode } from "react";

import type { Finding, Fix } from "@/api/types";
import { Button } from "@/ui/Button";

import { circled } from "./findings";

export interface FindingsListProps<F extends Finding> {
  findings: readonly F[];
  onJump: (cell: string) => void;
  /** 去看文字部分的一句原文。 */
  onPassage?: ((passage: Finding["passages"][number]) => void) | undefined;
  /** 照一种改法改；不给则只说怎么改。 */
  onFix?: ((fix: Fix) => void) | undefined;
  /** 这种改法此处改得成不成（要改锁住的格的不成）。 */
  fits?: ((fix: Fix) => boolean) | undefined;
  /** 说明过理由、已放过的。 */
  settled?: ((finding: F) => boolean) | undefined;
  /** 一条发现下面另加的，如准予放过。 */
  extra?: ((finding: F, number: number) => ReactNode) | undefined;
}

/** 核对发现：不能报送的在前；点“定位”依次走到它涉及的每一格，点“照此改”就改平，可撤销。 */
export function FindingsList<F extends Finding>({ findings, onJump, onPassage, onFix, fits = () => true, settled, extra }: FindingsListProps<F>) {
  if (findings.length === 0) {
    return (
      <p className="row examine-clean">
        <CircleCheck size="1.3em" aria-hidden /> 全部勾稽关系都平，没有发现问题。
      </p>
    );
  }
  return (
    <ol className="findings">
      {findings.map((finding, index) => (
        <Item key={`${finding.rule}-${finding.cells[0] ?? ""}-${index}`} finding={finding} number={index + 1} onJump={onJump} onPassage={onPassage} onFix={onFix} fixes={onFix ? finding.fixes.filter(fits) : []} settled={settled?.(finding) ?? false} extra={extra?.(finding, index + 1)} />
      ))}
    </ol>
  );
}

const LONGEST = 80;

/** 边上放不下整段，原文里看全的。 */
function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

interface ItemProps {
  finding: Finding;
  number: number;
  onJump: (cell: string) => void;
  onPassage: ((passage: Finding["passages"][number]) => void) | undefined;
  onFix: ((fix: Fix) => void) | undefined;
  fixes: readonly Fix[];
  settled: boolean;
  extra: ReactNode;
}

function Item({ finding, number, onJump, onPassage, onFix, fixes, settled, extra }: ItemProps) {
  const [visited, setVisited] = useState(0);
  const blocks = finding.level === "block";
  const Icon = settled ? CircleCheck : blocks ? CircleAlert : TriangleAlert;
  const { cells, passages } = finding;
  const [passage] = passages;
  return (
    <li className={`finding finding-${settled ? "settled" : finding.level}`}>
      <p className="row finding-head">
        <span className="finding-number">{circled(number)}</span>
        <Icon size="1.1em" aria-hidden />
        <strong>{settled ? "已放过" : blocks ? "不能报送" : "提示"}</strong>
        <span className="muted small">{finding.rule}</span>
      </p>
      <p>{finding.message}</p>
      {finding.repair && fixes.length === 0 && <p className="finding-repair">改法：{finding.repair}</p>}
      {onFix && fixes.length > 0 && (
        <ul className="stack-tight" aria-label="改法">
          {fixes.map((fix) => (
            <li key={fix.words} className="row finding-repair">
              <span>{fix.words}</span>
              <Button small icon={Wrench} onClick={() => onFix(fix)} aria-label={`照此改：${fix.words}`}>
                照此改
              </Button>
            </li>
          ))}
        </ul>
      )}
      {(onPassage ? passages.slice(0, 1) : passages).map((passage) => (
        <blockquote key={passage.text} className="small">
          {shortened(passage.text)}
          {passage.previous && <span className="muted">（对照：{shortened(passage.previous)}）</span>}
        </blockquote>
      ))}
      {cells.length > 0 && (
        <Button
          small
          icon={Crosshair}
          aria-label={`定位第 ${number} 条`}
          onClick={() => {
            onJump(cells[visited % cells.length] ?? "");
            setVisited(visited + 1);
          }}
        >
          定位{cells.length > 1 ? `（${(visited % cells.length) + 1}/${cells.length}）` : ""}
        </Button>
      )}
      {passage && onPassage && (
        <Button small icon={Crosshair} onClick={() => onPassage(passage)} aria-label={`看第 ${number} 条的原文`}>
          看原文{passages.length > 1 ? `（${passages.length} 处）` : ""}
        </Button>
      )}
      {extra}
    </li>
  );
}

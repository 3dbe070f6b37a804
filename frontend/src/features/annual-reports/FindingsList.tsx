import { CircleAlert, CircleCheck, Crosshair, TriangleAlert } from "lucide-react";
import { useState } from "react";

import type { Finding } from "@/api/types";
import { Button } from "@/ui/Button";

import { circled } from "./findings";

export interface FindingsListProps {
  findings: readonly Finding[];
  onJump: (cell: string) => void;
}

/** 核对发现：不能报送的在前；点“定位”依次走到它涉及的每一格。 */
export function FindingsList({ findings, onJump }: FindingsListProps) {
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
        <Item key={`${finding.rule}-${finding.cells[0] ?? ""}-${index}`} finding={finding} number={index + 1} onJump={onJump} />
      ))}
    </ol>
  );
}

function Item({ finding, number, onJump }: { finding: Finding; number: number; onJump: (cell: string) => void }) {
  const [visited, setVisited] = useState(0);
  const blocks = finding.level === "block";
  const Icon = blocks ? CircleAlert : TriangleAlert;
  const { cells, passages } = finding;
  return (
    <li className={`finding finding-${finding.level}`}>
      <p className="row finding-head">
        <span className="finding-number">{circled(number)}</span>
        <Icon size="1.1em" aria-hidden />
        <strong>{blocks ? "不能报送" : "提示"}</strong>
        <span className="muted small">{finding.rule}</span>
      </p>
      <p>{finding.message}</p>
      {finding.repair && <p className="finding-repair">改法：{finding.repair}</p>}
      {passages.map((passage) => (
        <blockquote key={passage.text} className="small">
          {passage.text}
          {passage.previous && <span className="muted">（上年：{passage.previous}）</span>}
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
    </li>
  );
}

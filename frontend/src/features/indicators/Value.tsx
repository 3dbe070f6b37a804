import type { IndicatorCell } from "@/api/types";
import { Tag } from "@/ui/Tag";

/** 现值：比例连分子分母；件数少的不单写百分数。 */
export function Value({ cell, unit, ratio }: { cell: IndicatorCell; unit: string; ratio: boolean }) {
  if (cell.value === null) return <span className="muted">—</span>;
  const parts = `${cell.numerator} / ${cell.denominator}`;
  if (ratio && cell.small) return <span title="件数很少，比例仅供参考">{parts}</span>;
  return (
    <span>
      {cell.value}
      {unit}
      {ratio && <span className="muted small">　{parts}</span>}
    </span>
  );
}

/** 单位自己填报的数，与台账有出入的标出。 */
export function Stated({ cell, unit }: { cell: IndicatorCell; unit: string }) {
  const said = cell.stated;
  if (!said) return null;
  return (
    <span className="stack-tight small">
      <span className="muted">
        {said.period_label}填报{said.value === null ? said.outcome_words : `${said.value}${unit}`}
      </span>
      {said.difference && (
        <span>
          <Tag tone="ochre" shape="▲">
            有出入
          </Tag>
          {said.reason ? `单位说明：${said.reason}` : said.difference}
        </span>
      )}
    </span>
  );
}

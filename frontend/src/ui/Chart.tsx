import { useEffect, useRef } from "react";

import { DataTable, type Column } from "./DataTable";
import { Fold } from "./Page";
import type { TagTone } from "./Tag";
import "./chart.css";

export interface Series {
  name: string;
  tone: TagTone;
}

export interface Bar {
  id: string;
  label: string;
  /** 与 series 一一对应。 */
  values: readonly number[];
}

export interface ChartProps {
  /** 图上画的是什么，读屏与表题都用它。 */
  label: string;
  series: readonly Series[];
  bars: readonly Bar[];
  unit: string;
}

/** 堆叠柱图：底纹加颜色，图后有数据表。图的代码另行加载，页面不等它。 */
export function StackedBars(props: ChartProps) {
  const { label, series, bars } = props;
  const columns: Column<Bar>[] = [
    { id: "label", header: "期次", primary: true, cell: (bar) => bar.label },
    ...series.map((each, index): Column<Bar> => ({ id: each.name, header: each.name, width: 7, align: "end", cell: (bar) => bar.values[index] })),
  ];
  return (
    <figure className="chart">
      <Canvas {...props} />
      <figcaption>
        <Fold summary="查看数据表">
          <DataTable caption={label} columns={columns} rows={bars} rowKey={(bar) => bar.id} />
        </Fold>
      </figcaption>
    </figure>
  );
}

function Canvas({ label, series, bars, unit }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    let stop: (() => void) | undefined;
    let gone = false;
    void import("./echarts").then(({ init }) => {
      if (gone) return;
      const chart = init(element);
      const draw = () => {
        chart.resize();
        chart.setOption(optionOf({ label, series, bars, unit }), true);
      };
      draw();
      const size = new ResizeObserver(draw);
      size.observe(element);
      // 换配色、换字号时重画：画布不跟样式走
      const look = new MutationObserver(draw);
      look.observe(document.documentElement, { attributeFilter: ["data-theme", "data-size", "data-contrast"] });
      stop = () => {
        size.disconnect();
        look.disconnect();
        chart.dispose();
      };
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, [label, series, bars, unit]);
  return <div ref={box} className="chart-canvas" role="img" aria-label={`${label}，数字见下面的数据表`} />;
}

function optionOf({ series, bars, unit }: ChartProps): Record<string, unknown> {
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue("--ink");
  const line = style.getPropertyValue("--line");
  const card = style.getPropertyValue("--card");
  const fontSize = Number.parseFloat(style.fontSize);
  const text = { color: ink, fontSize, fontFamily: style.getPropertyValue("--sans") };
  return {
    animation: false,
    textStyle: text,
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    grid: { left: 8, right: 8, top: fontSize * 3, bottom: 8, outerBoundsMode: "same" },
    legend: { top: 0, left: 0, itemGap: fontSize * 1.4, textStyle: text },
    tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: card, borderColor: line, textStyle: text, axisPointer: { type: "shadow" }, valueFormatter: (value: number) => `${value} ${unit}` },
    xAxis: { type: "category", data: bars.map((bar) => bar.label), axisLabel: text, axisTick: { show: false }, axisLine: { lineStyle: { color: line } } },
    yAxis: { type: "value", minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: line } } },
    series: series.map((each, index) => ({
      type: "bar",
      stack: "all",
      name: each.name,
      barMaxWidth: fontSize * 4,
      itemStyle: { color: style.getPropertyValue(`--${each.tone}`) },
      data: bars.map((bar) => bar.values[index]),
    })),
  };
}

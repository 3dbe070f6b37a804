import { useState } from "react";

import { Checkbox, RadioGroup } from "@/ui/Checkbox";
import { DateField } from "@/ui/DateField";
import { FileDrop } from "@/ui/FileDrop";
import { FilterChips } from "@/ui/FilterChips";
import { SearchField } from "@/ui/SearchField";
import { Select } from "@/ui/Select";
import { Tabs } from "@/ui/Tabs";
import { TextArea, TextField } from "@/ui/TextField";

const LONG = "不断优化“泸州市江阳区人民政府大山坪街道办事处”政务公开专栏，定期清理过期信息。";

/** 文字、日期、文件：平常、有提示、必填、有错、不可改。 */
export function Inputs() {
  const [title, setTitle] = useState("2023年第三季度政策解读情况");
  const [text, setText] = useState(LONG);
  const [day, setDay] = useState<string | null>("2023-09-20");
  const [none, setNone] = useState<string | null>(null);
  const [q, setQ] = useState("");
  return (
    <div className="kit-columns">
      <TextField label="标题" value={title} onChange={setTitle} hint="写全称，不用简称" />
      <TextField label="文号" required value="" onChange={setTitle} error="请写文号，如 泸江府办发〔2023〕12号" />
      <TextField label="代码" value="510502-052" onChange={setTitle} disabled />
      <TextArea label="进展情况" value={text} onChange={setText} limit={200} />
      <TextArea label="存在问题" value={text} onChange={setText} limit={20} />
      <SearchField label="查找" value={q} onChange={setQ} placeholder="任务、单位、文号" />
      <DateField label="印发日期" value={day} onChange={setDay} hint="可粘贴 2023年9月20日" />
      <DateField label="完成日期" required value={none} onChange={setNone} error="请填完成日期" />
      <FileDrop label="佐证材料" hint="PDF、图片、Word、Excel，单个不超过 20 MB" multiple onFiles={() => undefined} />
      <FileDrop label="通知原件" error="这种文件不能上传" onFiles={() => undefined} />
    </div>
  );
}

const CYCLES = [
  { id: "month", label: "按月" },
  { id: "quarter", label: "按季" },
] as const;

const PARTS = [
  { id: "lead", label: "牵头", hint: "汇总并对结果负责" },
  { id: "support", label: "配合", hint: "只报自己承担的部分" },
] as const;

const LIGHTS = [
  { id: "red", label: "逾期", count: 45, tone: "seal" },
  { id: "yellow", label: "临期", count: 12, tone: "ochre" },
  { id: "blue", label: "长期坚持", count: 0, tone: "blue" },
] as const;

/** 勾选、单选、下拉、快捷签、页签。 */
export function Choices() {
  const [on, setOn] = useState(true);
  const [part, setPart] = useState<"lead" | "support">("lead");
  const [cycle, setCycle] = useState<"month" | "quarter" | "">("month");
  const [light, setLight] = useState<"red" | "yellow" | "blue" | null>("red");
  const [tab, setTab] = useState<"one" | "two">("one");
  return (
    <div className="kit-columns">
      <div className="stack-tight">
        <Checkbox checked={on} onChange={setOn}>
          计入年度报告
        </Checkbox>
        <Checkbox checked={false} some onChange={setOn}>
          全选（选了一部分）
        </Checkbox>
        <Checkbox checked={false} disabled onChange={setOn}>
          不可选
        </Checkbox>
      </div>
      <RadioGroup label="承担方式" value={part} options={PARTS} onChange={setPart} />
      <RadioGroup label="周期" segmented value={cycle || null} options={CYCLES} onChange={setCycle} />
      <Select label="填报周期" value={cycle} options={CYCLES} onChange={setCycle} empty="请选择" />
      <Select label="填报周期（有错）" required value="" options={CYCLES} onChange={setCycle} empty="请选择" error="请选择填报周期" />
      <FilterChips label="按灯筛选" items={LIGHTS} value={light} onChange={setLight} />
      <Tabs
        label="对照"
        value={tab}
        onChange={setTab}
        items={[
          { id: "one", label: "本期", children: <p>{LONG}</p> },
          { id: "two", label: "上期", children: <p>上期没有填报。</p> },
        ]}
      />
    </div>
  );
}

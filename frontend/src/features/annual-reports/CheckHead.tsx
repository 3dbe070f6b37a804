import { Checkbox } from "@/ui/Checkbox";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";

import type { Work } from "./stash";

/** 这份报告是谁的、哪一年、哪套表样。 */
export function CheckHead({ work, onChange }: { work: Work; onChange: (patch: Partial<Work>) => void }) {
  const years = Array.from({ length: 12 }, (_, index) => work.year + 3 - index).filter((year) => year >= 2019);
  return (
    <div className="filters">
      <TextField label="机关名称" value={work.unitName} onChange={(unitName) => onChange({ unitName })} />
      <Select
        label="报告年度"
        value={String(work.year)}
        options={years.map((year) => ({ id: String(year), label: `${year} 年` }))}
        onChange={(year) => onChange({ year: Number(year), form: Number(year) >= 2021 ? "2021" : "2019" })}
      />
      <Select
        label="表样"
        value={work.form}
        options={[
          { id: "2021", label: "2021 年（现行）" },
          { id: "2019", label: "2019 年（试行）" },
        ]}
        onChange={(form) => form && onChange({ form })}
      />
      <Select
        label="口径"
        value={work.scope}
        options={[
          { id: "organ", label: "本机关" },
          { id: "government", label: "本级政府" },
        ]}
        onChange={(scope) => scope && onChange({ scope })}
      />
      <Checkbox checked={work.totals === "computed"} onChange={(on) => onChange({ totals: on ? "computed" : "given" })}>
        总计自动求和
      </Checkbox>
    </div>
  );
}

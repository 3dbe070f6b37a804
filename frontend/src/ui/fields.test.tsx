import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";

import { ApiProblem } from "@/api/problem";

import { RadioGroup } from "./Checkbox";
import { DataTable } from "./DataTable";
import { ConfirmDialog } from "./Dialog";
import { matchesUnit } from "./UnitPicker";
import { Light } from "./Tag";
import { TextArea, TextField } from "./TextField";

describe("字段", () => {
  it("名字、说明、报错都连着控件", () => {
    render(<TextField label="标题" hint="写全称" error="请输入标题" required value="" onChange={() => {}} />);
    const input = screen.getByRole("textbox", { name: /标题/ });
    expect(input).toHaveAccessibleDescription("写全称 请输入标题");
    expect(input).toBeInvalid();
    expect(input).toHaveAttribute("aria-required", "true");
  });

  it("超长只提醒，不截断", () => {
    render(<TextArea label="进展" limit={3} value="四个字了" onChange={() => {}} />);
    expect(screen.getByRole("textbox")).toHaveAccessibleDescription("最多 3 字，现有 4 字");
    expect(screen.getByRole("textbox")).toHaveValue("四个字了");
  });

  it("单选用方向键换", async () => {
    const user = userEvent.setup();
    function Sizes() {
      const [size, setSize] = useState("标准");
      return <RadioGroup label="字号" value={size} options={[{ id: "标准", label: "标准" }, { id: "大", label: "大" }]} onChange={setSize} />;
    }
    render(<Sizes />);
    await user.tab();
    await user.keyboard("{ArrowDown}");
    expect(screen.getByRole("radio", { name: "大" })).toBeChecked();
  });
});

describe("要紧的一步", () => {
  it("没办成，话留在框里；办成就关", async () => {
    const user = userEvent.setup();
    const onClose = vi.fn();
    const onConfirm = vi
      .fn()
      .mockRejectedValueOnce(new ApiProblem({ code: "conflict", title: "已变", status: 409, detail: "这份填报已被撤回" }))
      .mockResolvedValueOnce(undefined);
    render(
      <ConfirmDialog title="签发？" isOpen onClose={onClose} confirm="签发" onConfirm={onConfirm}>
        签发后报区政务公开科。
      </ConfirmDialog>,
    );
    const dialog = screen.getByRole("alertdialog", { name: "签发？" });
    await user.click(within(dialog).getByRole("button", { name: "签发" }));
    expect(await within(dialog).findByRole("alert")).toHaveTextContent("这份填报已被撤回");
    expect(onClose).not.toHaveBeenCalled();
    await user.click(within(dialog).getByRole("button", { name: "签发" }));
    expect(onClose).toHaveBeenCalledOnce();
  });
});

describe("表", () => {
  const columns = [
    { id: "name", header: "单位", primary: true, cell: (row: { name: string }) => row.name, sort: { asc: "name", desc: "-name" } },
    { id: "count", header: "件数", cell: () => 3 },
  ];

  it("行有行头，排序读得出方向，再点倒过来", async () => {
    const user = userEvent.setup();
    const onSort = vi.fn();
    render(<DataTable caption="台账" columns={columns} rows={[{ name: "教体局" }]} rowKey={(row) => row.name} sort="name" onSort={onSort} />);
    expect(screen.getByRole("rowheader", { name: "教体局" })).toBeVisible();
    expect(screen.getByRole("columnheader", { name: "单位" })).toHaveAttribute("aria-sort", "ascending");
    await user.click(screen.getByRole("button", { name: "单位" }));
    expect(onSort).toHaveBeenCalledWith("-name");
  });

  it("行选有名字", async () => {
    const user = userEvent.setup();
    const onChange = vi.fn();
    render(<DataTable caption="台账" columns={columns} rows={[{ name: "教体局" }]} rowKey={(row) => row.name} selection={{ selected: new Set(), onChange, nameOf: (row) => row.name }} />);
    await user.click(screen.getByRole("checkbox", { name: "选择 教体局" }));
    expect(onChange).toHaveBeenCalledWith(new Set(["教体局"]));
  });
});

describe("说得清", () => {
  it("灯有形也有话，读得出是什么灯", () => {
    render(<Light light="red" words="逾期 3 天：8月31日应完成" />);
    expect(screen.getByText(/红灯/)).toHaveTextContent("红灯：");
    expect(screen.getByText(/逾期 3 天/)).toBeVisible();
  });

  it("简称、别名、跳着的字都找得到单位", () => {
    const unit = { name: "泸州市江阳区教育和体育局", short_name: "区教育体育局", aliases: ["区文教局"], code: "jy" };
    for (const typed of ["教体局", "教育体育", "文教", "JY", ""]) expect(matchesUnit(unit, typed)).toBe(true);
    expect(matchesUnit(unit, "财政")).toBe(false);
  });
});

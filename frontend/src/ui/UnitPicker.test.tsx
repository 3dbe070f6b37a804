import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";

import { allUnitsQuery } from "@/api/query";
import type { Unit } from "@/api/types";

import { UnitPicker, UnitsPicker } from "./UnitPicker";

const unit = (id: string, name: string) => ({ id, name, short_name: name, aliases: [], code: id, kind_words: "部门" }) as unknown as Unit;

function page(children: React.ReactNode) {
  const client = new QueryClient();
  client.setQueryData(allUnitsQuery.queryKey, [unit("1", "江阳区教育和体育局"), unit("2", "江阳区财政局"), unit("3", "大山坪街道办事处")]);
  return render(<QueryClientProvider client={client}>{children}</QueryClientProvider>);
}

function One() {
  const [value, setValue] = useState<string | null>(null);
  return (
    <>
      <UnitPicker label="单位" value={value} onChange={setValue} />
      <output>{value ?? "无"}</output>
    </>
  );
}

describe("挑单位", () => {
  it("键入简称，回车即定；清空即不选", async () => {
    const user = userEvent.setup();
    page(<One />);
    const box = screen.getByRole("combobox", { name: "单位" });
    await user.type(box, "教体局");
    expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["江阳区教育和体育局部门"]);
    expect(box).toHaveAttribute("aria-activedescendant");
    await user.keyboard("{Enter}");
    expect(box).toHaveValue("江阳区教育和体育局");
    expect(screen.getByText("1", { selector: "output" })).toBeVisible();
    await user.clear(box);
    await user.tab();
    expect(screen.getByText("无")).toBeVisible();
  });

  it("上下键走，Esc 收起不改", async () => {
    const user = userEvent.setup();
    page(<One />);
    const box = screen.getByRole("combobox", { name: "单位" });
    await user.click(box);
    await user.keyboard("{ArrowDown}{ArrowDown}");
    await user.keyboard("{Escape}");
    expect(box).toHaveAttribute("aria-expanded", "false");
    expect(screen.getByText("无")).toBeVisible();
  });

  it("多选：选了的不再列，可去掉", async () => {
    const user = userEvent.setup();
    function Many() {
      const [value, setValue] = useState<string[]>(["2"]);
      return <UnitsPicker label="责任单位" value={value} onChange={setValue} />;
    }
    page(<Many />);
    await user.click(screen.getByRole("combobox", { name: "责任单位" }));
    expect(screen.getAllByRole("option")).toHaveLength(2);
    await user.keyboard("大山坪{Enter}");
    expect(screen.getByRole("list", { name: "已选单位" })).toHaveTextContent("江阳区财政局大山坪街道办事处");
    await user.click(screen.getByRole("button", { name: "去掉 江阳区财政局" }));
    expect(screen.getByRole("list", { name: "已选单位" })).toHaveTextContent("大山坪街道办事处");
  });
});

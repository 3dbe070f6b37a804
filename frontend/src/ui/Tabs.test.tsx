import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";

import { Tabs } from "./Tabs";

function Three() {
  const [value, setValue] = useState("a");
  return <Tabs label="看法" value={value} onChange={setValue} items={["a", "b", "c"].map((id) => ({ id, label: `页签 ${id}`, children: <p>内容 {id}</p> }))} />;
}

it("只有选中的一页在 Tab 次序里，左右键换页并带着焦点，到头绕回", async () => {
  const user = userEvent.setup();
  render(<Three />);
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole("tab", { name: "页签 a" }));
  await user.keyboard("{ArrowLeft}");
  expect(document.activeElement).toBe(screen.getByRole("tab", { name: "页签 c", selected: true }));
  expect(screen.getByRole("tabpanel", { name: "页签 c" }).textContent).toBe("内容 c");
  await user.keyboard("{Home}{ArrowRight}");
  expect(screen.getByRole("tab", { selected: true }).textContent).toBe("页签 b");
  expect(screen.getAllByRole("tab").filter((tab) => tab.tabIndex === 0)).toHaveLength(1);
});

import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { DateField } from "./DateField";

describe("日期框", () => {
  it.each([
    ["2023年9月8日", "2023-09-08"],
    ["2023/9/8", "2023-09-08"],
    ["20230908", "2023-09-08"],
  ])("粘贴 %s 即成 %s", async (text, iso) => {
    const onChange = vi.fn();
    const user = userEvent.setup();
    render(<DateField label="完成日期" value={null} onChange={onChange} />);
    await user.click(screen.getAllByRole("spinbutton")[0]!);
    await user.paste(text);
    expect(onChange).toHaveBeenCalledWith(iso);
  });

  it("认不出的粘贴不改值", async () => {
    const onChange = vi.fn();
    const user = userEvent.setup();
    render(<DateField label="完成日期" value="2023-09-01" onChange={onChange} />);
    await user.click(screen.getAllByRole("spinbutton")[0]!);
    await user.paste("尽快");
    expect(onChange).not.toHaveBeenCalled();
  });

  it("报错连到控件上", () => {
    render(<DateField label="完成日期" value={null} error="完成日期还没有到" onChange={() => {}} />);
    const group = screen.getByRole("group", { name: /完成日期/ });
    expect(group).toHaveAccessibleDescription(/完成日期还没有到/);
  });
});

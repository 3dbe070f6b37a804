import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import { ApiProblem } from "@/api/problem";
import type { ImportRow } from "@/api/types";

import type { RowPatch } from "./patches";
import { RowDialog } from "./RowDialog";

const ROW: ImportRow = {
  position: 3,
  category: "一、主动公开",
  subcategory: null,
  title: "公开预决算",
  content: "公开部门预算、决算。",
  assignees: [],
  due: null,
  duties: [],
  source: { sheet: null, row: 3, column: 1, paragraph: null, grid: null, places: {} },
  problems: [],
  task_id: null,
};
const stale = new ApiProblem({ code: "version-conflict", title: "内容已被他人修改", status: 412, detail: "请核对后再保存" });

it("同事先改了：自己写的还在，旁边列出库里现在的，可以再存", async () => {
  const user = userEvent.setup();
  const onSave = vi.fn<(patch: RowPatch) => Promise<void>>().mockRejectedValueOnce(stale).mockResolvedValueOnce();
  const client = new QueryClient({ defaultOptions: { queries: { queryFn: () => [] } } });
  const latest = { ...ROW, title: "同事改的名称" };
  render(
    <QueryClientProvider client={client}>
      <RowDialog row={ROW} latest={latest} onClose={() => undefined} onSave={onSave} />
    </QueryClientProvider>,
  );
  const title = screen.getByRole("textbox", { name: /任务名称/ });
  await user.clear(title);
  await user.type(title, "我改的名称");
  await user.click(screen.getByRole("button", { name: "保存" }));
  expect(await screen.findByText("同事刚改过这份草稿")).toBeTruthy();
  expect(screen.getByText("同事改的名称")).toBeTruthy();
  expect((title as HTMLInputElement).value).toBe("我改的名称");
  await user.click(screen.getByRole("button", { name: "用我写的存" }));
  expect(onSave).toHaveBeenCalledTimes(2);
  expect(onSave.mock.lastCall?.[0].title).toBe("我改的名称");
});

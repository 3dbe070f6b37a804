/** 台账带到表格里改了再交回；镇里的任务对应到区里的任务。 */

import { execFileSync } from "node:child_process";
import path from "node:path";

import { expect, test, type Page } from "@playwright/test";

import { bearer, first, signIn, sound, watched } from "./support";

const ROOT = path.resolve(__dirname, "../..");
const PYTHON = path.join(ROOT, ".venv/bin/python");
// 五百多行的工作簿在另一进程里读，忙时要几秒
const READING = { timeout: 20_000 };
const TOWN = "类别,任务名称,具体任务内容,责任单位\n主动公开,做好政策解读,解读材料要与政策性文件同步审签、同步发布，多元化解读比例不得低于50%。,黄舣镇\n主动公开,开展村务公开,每季度公开村级财务。,黄舣镇\n";

/** 在导出的工作簿里改一行；第 3 行是第一条数据。 */
function retype(source: string, target: string, row: number, typed: Record<string, string>): void {
  const pairs = Object.entries(typed).map(([heading, text]) => `${heading}=${text}`);
  execFileSync(PYTHON, ["-m", "tests.e2e.retype", source, target, "工作台账", String(row), ...pairs], { cwd: ROOT });
}

async function saved(page: Page, target: string): Promise<void> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "导出工作簿" }).click()]);
  await download.saveAs(target);
}

/** 演示区印发的那一份；别的测试也会新建分解表。 */
async function issuedPlan(page: Page): Promise<string> {
  const assignment = await first(page, "office", "/assignments?year=2023&sort=-due_on&size=1");
  return (assignment["plan"] as { id: string }).id;
}

test("政务公开科导出、改表、交回，冲突逐行定", async ({ page }, info) => {
  const faults = watched(page);
  await signIn(page, "office");
  const plan = await issuedPlan(page);
  await page.goto(`/plans/${plan}`);
  await sound(page);
  const book = info.outputPath("book.xlsx");
  const edited = info.outputPath("edited.xlsx");
  await saved(page, book);
  const stamp = info.project.name === "phone" ? 40 : 30;
  retype(book, info.outputPath("first.xlsx"), stamp, { 备注: `先改一次 ${stamp}` });
  await page.locator("input[type=file]").setInputFiles(info.outputPath("first.xlsx"));
  await expect(page).toHaveURL(/\/returned\//, READING);
  await expect(page.getByText("将写入 1 行。")).toBeVisible();
  await sound(page);
  await page.getByRole("button", { name: "写入 1 行" }).click();
  await expect(page.getByText("已写入 1 行").first()).toBeVisible();

  retype(book, edited, stamp, { 备注: `又改一次 ${stamp}`, 状态: "已完成" });
  await page.goto(`/plans/${plan}`);
  await page.locator("input[type=file]").setInputFiles(edited);
  await expect(page.getByText("还有 1 处冲突要选用哪一份。")).toBeVisible(READING);
  await expect(page.getByText("这处改动未采用")).toBeVisible();
  await sound(page);
  await page.screenshot({ path: info.outputPath("conflict.png"), fullPage: true });
  await expect(page.getByRole("button", { name: /^写入/ })).toBeDisabled();
  await page.getByRole("radio", { name: "用表里的" }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "写入 1 行" }).click();
  await expect(page.getByText("已写入 1 行").first()).toBeVisible();
  await sound(page);
  expect(faults()).toEqual([]);
});

test("镇的分解表逐项对应区的任务，区里看得到下级承接", async ({ page }, info) => {
  const faults = watched(page);
  await signIn(page, "office");
  await issuedPlan(page);
  const headers = { Authorization: `Bearer ${await bearer("office")}` };
  const town = (await (await page.request.get("/api/v1/units?q=黄舣镇", { headers })).json()) as { items: { id: string }[] };
  const multipart = { file: { name: "黄舣镇2023年任务分解表.csv", mimeType: "text/csv", buffer: Buffer.from(TOWN) }, year: "2023", unit_id: town.items[0]?.id ?? "" };
  const draft = (await (await page.request.post("/api/v1/plan-imports", { headers, multipart })).json()) as { id: string };
  const plan = (await (await page.request.post(`/api/v1/plan-imports/${draft.id}/commit`, { headers })).json()) as { id: string };
  await page.goto(`/plans/${plan.id}`);
  await page.getByRole("link", { name: "对应上级任务" }).click();
  await expect(page.getByText(/^1 项待确认/)).toBeVisible();
  await expect(page.getByRole("radio", { name: /大力提升政策解读实效/ })).toBeChecked();
  await sound(page);
  await page.screenshot({ path: info.outputPath("upstream.png"), fullPage: true });
  await page.getByRole("button", { name: "确认 1 项" }).click();
  await expect(page.getByText("都已确认。")).toBeVisible();

  await page.getByRole("link", { name: /做好政策解读/ }).click();
  const main = page.getByRole("main");
  await expect(main.getByText(/来自上级任务/)).toBeVisible();
  await sound(page);
  await page.getByRole("button", { name: "更改上级任务…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: /其他任务/ }).check();
  await expect(dialog.getByRole("combobox", { name: "哪一项" })).toBeVisible();
  await dialog.getByRole("radio", { name: /写明出处/ }).check();
  await sound(page);
  await page.screenshot({ path: info.outputPath("dialog.png") });
  await dialog.getByRole("button", { name: "取消" }).click();
  await main.getByRole("link", { name: "大力提升政策解读实效" }).click();
  await main.getByText(/^下级承接：/).click();
  await expect(main.getByRole("link", { name: /做好政策解读/ }).first()).toBeVisible();
  await sound(page);
  await page.screenshot({ path: info.outputPath("below.png"), fullPage: true });
  expect(faults()).toEqual([]);
});

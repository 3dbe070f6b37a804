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
function retype(book: string, row: number, typed: Record<string, string>): void {
  const pairs = Object.entries(typed).map(([heading, text]) => `${heading}=${text}`);
  execFileSync(PYTHON, ["-m", "tests.e2e.retype", book, "工作台账", String(row), ...pairs], { cwd: ROOT });
}

/** 别人在页面之外改了同一行的备注。 */
async function note(page: Page, plan: string, row: number, text: string): Promise<string> {
  const headers = { Authorization: `Bearer ${await bearer("office")}` };
  const { items } = (await (await page.request.get(`/api/v1/assignments?plan=${plan}&size=100`, { headers })).json()) as { items: { id: string }[] };
  const id = items[row - 3]?.id ?? "";
  const address = `/api/v1/assignments/${id}`;
  const { version } = (await (await page.request.get(address, { headers })).json()) as { version: number };
  const answer = await page.request.patch(address, { headers: { ...headers, "If-Match": `"${version}"` }, data: { note: text } });
  expect(answer.ok()).toBe(true);
  return id;
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

test("政务公开科导出、改表、交回，导出后被改过的那一行由人来定", async ({ page }, info) => {
  const faults = watched(page);
  const row = info.project.name === "phone" ? 40 : 30;
  const edited = info.outputPath("edited.xlsx");
  await signIn(page, "office");
  const plan = await issuedPlan(page);
  await page.goto(`/plans/${plan}`);
  await saved(page, edited);
  retype(edited, row, { 备注: "表里改的", 状态: "已完成" });
  const id = await note(page, plan, row, "库里改的");
  await page.locator("input[type=file]").setInputFiles(edited);
  await expect(page.getByText("还有 1 处冲突要选用哪一份。")).toBeVisible(READING);
  const list = page.getByRole("list", { name: "有改动的行" });
  for (const words of ["库里改的", "表里改的", "这处改动未采用"]) await expect(list.getByText(words)).toBeVisible();
  await sound(page);
  await page.screenshot({ path: info.outputPath("conflict.png"), fullPage: true });
  await expect(page.getByRole("button", { name: /^写入/ })).toBeDisabled();
  await page.getByRole("radio", { name: "用表里的" }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "写入 1 行" }).click();
  await expect(page.getByText("已写入 1 行").first()).toBeVisible();
  await sound(page);
  await page.goto(`/assignments/${id}`);
  await expect(page.getByRole("main").getByText("表里改的")).toBeVisible();
  await page.getByRole("button", { name: "责任人与备注…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
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
  // 别的用例也印发过同一份通知，同名的候选可能不止一个，选中的只有一个
  await expect(page.getByRole("radio", { name: /大力提升政策解读实效/, checked: true })).toHaveCount(1);
  await sound(page);
  await page.screenshot({ path: info.outputPath("upstream.png"), fullPage: true });
  await page.getByRole("button", { name: "确认 1 项" }).click();
  await expect(page.getByText("都已确认。")).toBeVisible();

  await page.getByRole("link", { name: /做好政策解读/ }).click();
  const main = page.getByRole("main");
  await expect(main.getByText(/来自上级任务/)).toBeVisible();
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

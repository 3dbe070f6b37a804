/** 政务公开科在七月里赶着导入：同类一次改好、统称一次指定、先成好行、撤销、再导入看差异。 */

import { expect, test, type Locator, type Page } from "@playwright/test";

import { signIn, sound, watched } from "./support";

test.describe.configure({ mode: "serial" });

const SHORT = "区教体局";
const TOPICS = ["财政预决算", "义务教育招生", "重大建设项目", "环境监测", "社会救助", "就业创业", "食品抽检", "养老服务", "征地补偿", "安全生产", "公共文化", "新媒体备案"];
const LINES = [
  ...TOPICS.map((topic) => [topic, `及时公开${topic}信息，逐项列明依据、流程、结果。`, SHORT]),
  ["政策解读", "文件印发后三个工作日内配发图解。", "有关部门、区财政局"],
  ["惠企政策", "汇集成册，送到园区企业。", "某某银行江阳支行"],
  ["建议提案", "办理复函除涉密外均上专栏。", "区民政局"],
];

function sheet(title: string, lines: readonly string[][]) {
  const rows = [[title], ["任务名称", "具体任务内容", "责任单位"], ...lines];
  return { name: `${title}.csv`, mimeType: "text/csv", buffer: Buffer.from(rows.map((row) => row.join(",")).join("\n")) };
}

async function upload(page: Page, title: string, lines: readonly string[][]): Promise<void> {
  await page.goto("/plans/import");
  await page.locator("input[type=file]").setInputFiles(sheet(title, lines));
  await expect(page).toHaveURL(/\/plans\/import\/[0-9a-f-]{36}/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("分解表");
}

const TITLE = "2023年江阳区专项工作任务分解表";
const left = (page: Page): Locator => page.locator(".import-sentence");

test("十二处不认识的简称，一次认作一个单位，记住之后下一份自己认得", async ({ page }, info) => {
  const faults = watched(page);
  await signIn(page, "office");
  await upload(page, TITLE, LINES);
  await expect(left(page)).toContainText("15 项任务");
  await expect(left(page)).toContainText("14 处待定");
  await sound(page);
  await page.screenshot({ path: info.outputPath("problems.png") });
  const fix = page.getByRole("button", { name: /^把这 12 处“区教体局”都认作 区教育体育局，并记为别名/ });
  await fix.click();
  await expect(left(page)).toContainText("2 处待定");
  await page.getByRole("button", { name: "撤回", exact: true }).click();
  await expect(left(page)).toContainText("14 处待定");
  await fix.click();
  await expect(left(page)).toContainText("2 处待定");
  await upload(page, "2023年江阳区专项工作任务分解表（续）", LINES.slice(0, 3));
  await expect(left(page)).toContainText("没有待定的");
  expect(faults()).toEqual([]);
});

test("统称一次指定，好行先成表，其余留下；没人动过就能撤销", async ({ page }, info) => {
  const faults = watched(page);
  await signIn(page, "office");
  await upload(page, TITLE, LINES);
  const phrase = page.getByRole("group", { name: "“有关部门”指哪些单位" });
  await phrase.getByRole("button", { name: /^全选/ }).click();
  await phrase.getByRole("button", { name: "清空" }).click();
  for (const unit of ["区民政局", "区司法局"]) await phrase.getByRole("checkbox", { name: unit }).check();
  await page.getByRole("button", { name: "1 处都是这 2 个" }).click();
  await expect(left(page)).toContainText("1 处待定");
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.getByRole("button", { name: "14. 惠企政策" })).toBeFocused();
  await expect(page.locator("td.source-main")).toHaveText("汇集成册，送到园区企业。");
  await sound(page);
  await page.getByRole("button", { name: "成表", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await sound(page);
  await dialog.getByRole("button", { name: "成表 14 项" }).click();
  await expect(dialog).toBeHidden();
  await expect(left(page)).toContainText("已成表 14 项；还有 1 处待定");
  await sound(page);
  await page.screenshot({ path: info.outputPath("partly.png") });
  await page.getByRole("button", { name: "撤销成表" }).click();
  await sound(page);
  await page.getByRole("alertdialog").getByRole("button", { name: "撤销成表" }).click();
  await expect(page.getByRole("button", { name: "成表", exact: true })).toBeVisible();
  await expect(left(page)).not.toContainText("已成表");
  await page.getByRole("tab", { name: /^问题/ }).click();
  await page.getByRole("button", { name: "新建这 1 个单位…" }).click();
  await sound(page);
  await page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
  expect(faults()).toEqual([]);
});

test("改过的一份再导入，先看差异；手机上两边切换着看", async ({ page }, info) => {
  const faults = watched(page);
  await signIn(page, "office");
  const revised = LINES.slice(1).map((line) => (line[0] === "建议提案" ? ["建议提案", "办理复函除涉密外一律上专栏。", "区民政局"] : line));
  await upload(page, TITLE, [...revised, ["数据开放", "新增开放数据集，按季更新。", "区财政局"]]);
  await page.getByRole("tab", { name: "与先前的差异" }).click();
  for (const chip of ["新增 1", "有改动 1", "这次没有 1"]) await expect(page.getByRole("button", { name: chip })).toBeVisible();
  await expect(page.locator("ins")).toHaveText("一律");
  await sound(page);
  await page.screenshot({ path: info.outputPath("difference.png") });
  await page.setViewportSize({ width: 390, height: 844 });
  await sound(page);
  await page.getByRole("radio", { name: "原文" }).check({ force: true });
  await expect(page.getByRole("table")).toBeVisible();
  await sound(page);
  await page.screenshot({ path: info.outputPath("phone-source.png") });
  await page.getByRole("radio", { name: "草稿" }).check({ force: true });
  for (const tab of [/^问题/, /^各行/]) {
    await page.getByRole("tab", { name: tab }).click();
    await sound(page);
  }
  expect(faults()).toEqual([]);
});

test("读不了的文件，在交文件的地方说清为什么、怎么办", async ({ page }) => {
  await signIn(page, "office");
  await page.goto("/plans/import");
  await page.locator("input[type=file]").setInputFiles({ name: "目录.txt", mimeType: "text/plain", buffer: Buffer.from("一、总则\n二、分则") });
  await expect(page.getByRole("alert")).toContainText("“目录.txt”没有读成");
  await expect(page.getByRole("alert")).toContainText("请确认交的是分解表本身");
  await sound(page);
});

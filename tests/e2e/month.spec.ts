/** 一份通知从导入到汇总：政务公开科、信息员、分管领导各办各的，全在页面上。 */

import path from "node:path";

import { expect, test, type Page } from "@playwright/test";

import { bearer, signIn, sound } from "./support";

const NOTICE = path.resolve(__dirname, "../../backend/taizhang/demo/jiangyang-2023.txt");

test.describe.configure({ mode: "serial" });

let planUrl = "";
let submissionUrl = "";

async function decideEveryPhrase(page: Page): Promise<void> {
  const phrases = page.getByRole("region", { name: "须由人指定的统称" }).getByRole("group", { name: /指哪些单位/ });
  while ((await phrases.count()) > 0) {
    const left = await phrases.count();
    await phrases.first().getByRole("searchbox").fill("大山坪");
    await phrases.first().getByRole("checkbox", { name: "大山坪街道" }).check();
    await page.getByRole("button", { name: /处都是这 1 个/ }).first().click();
    await expect(phrases).toHaveCount(left - 1);
  }
}

test("政务公开科导入通知，指定“有关单位”，成表并印发", async ({ page }) => {
  await signIn(page, "office");
  await page.goto("/plans/import");
  await sound(page);
  await page.locator("input[type=file]").setInputFiles(NOTICE);
  await expect(page).toHaveURL(/\/plans\/import\/[0-9a-f-]{36}/);
  await expect(page.getByRole("main")).toContainText("泸江府办函〔2023〕29号");
  await sound(page);
  await decideEveryPhrase(page);
  await expect(page.getByText("责任单位都已指明")).toBeVisible();
  await page.getByRole("button", { name: "成表", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^成表 19 项/ }).click();
  await expect(page).toHaveURL(/\/plans\/[0-9a-f-]{36}$/);
  planUrl = new URL(page.url()).pathname;
  await sound(page);
  await page.getByRole("button", { name: /^印发/ }).click();
  const dialog = page.getByRole("dialog");
  await sound(page);
  await dialog.getByRole("button", { name: "印发", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("main")).toContainText("已印发");
});

test("信息员填报：写情况、逐条申报、贴链接、提交", async ({ page }) => {
  await signIn(page, "dashanping");
  const token = await bearer("dashanping");
  const plan = planUrl.split("/").at(-1) ?? "";
  const answer = await page.request.get(`/api/v1/assignments?plan=${plan}&q=标准化`, { headers: { Authorization: `Bearer ${token}` } });
  const { items } = (await answer.json()) as { items: { id: string }[] };
  await page.goto(`/assignments/${items[0]?.id ?? ""}`);
  await sound(page);
  await page.getByRole("button", { name: /填报/ }).first().click();
  await expect(page).toHaveURL(/\/submissions\//);
  submissionUrl = new URL(page.url()).pathname;
  await page.getByRole("textbox", { name: /进展情况/ }).fill("对照事项标准目录逐项核对 26 项，已全部公开。");
  await page.getByRole("textbox", { name: /工作措施/ }).fill("分管领导调度，信息员逐条核对。");
  await page.getByRole("group", { name: /要求 1 / }).getByRole("radio", { name: "部分完成" }).check({ force: true });
  await page.getByRole("textbox", { name: "粘贴网址" }).fill("https://zwgk.example.gov.cn/202309/12345.html");
  await page.getByRole("button", { name: "添加链接" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: /标题/ }).fill("事项标准目录公开页面");
  await sound(page);
  await dialog.getByRole("button", { name: "加入佐证" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/已自动保存/)).toBeVisible();
  await sound(page);
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await expect(page).toHaveURL(/\/$/);
});

test("分管领导签发", async ({ page }) => {
  await signIn(page, "dashanping-signer");
  await sound(page);
  await page.goto(submissionUrl);
  await sound(page);
  await page.getByRole("button", { name: "签发", exact: true }).click();
  await expect(page.getByRole("button", { name: "签发", exact: true })).toBeHidden();
});

test("政务公开科退回，逐条写明", async ({ page }) => {
  await signIn(page, "office");
  await page.goto(submissionUrl);
  await sound(page);
  await page.getByRole("button", { name: /^退回/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: /原因/ }).selectOption({ label: "表述笼统" });
  await dialog.getByRole("textbox", { name: /怎么改/ }).fill("请写明 26 项中哪几项是本月新增。");
  await sound(page);
  await dialog.getByRole("button", { name: /^退回（/ }).click();
  await expect(dialog).toBeHidden();
});

test("信息员逐条答复后再交，没答的交不了", async ({ page }) => {
  await signIn(page, "dashanping");
  await expect(page.getByRole("main")).toContainText("去修改");
  await page.goto(submissionUrl);
  await sound(page);
  await page.getByRole("button", { name: "重新提交" }).click();
  await expect(page.getByText(/还没有答复/).first()).toBeVisible();
  await page.getByRole("textbox", { name: "对第 1 条的答复" }).fill("本月新增 4 项，已在正文写明。");
  await page.getByRole("textbox", { name: /进展情况/ }).fill("对照目录逐项核对 26 项，已全部公开，其中本月新增 4 项。");
  await expect(page.getByText(/已自动保存/)).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/$/);
});

test("再签发、审核通过，打开的页面一秒内看到", async ({ page, browser }) => {
  const desk = await (await browser.newContext({ locale: "zh-CN", timezoneId: "Asia/Shanghai" })).newPage();
  await signIn(desk, "office");
  await desk.goto(submissionUrl);
  await expect(desk.getByRole("main")).toContainText("待签发");
  await signIn(page, "dashanping-signer");
  await page.goto(submissionUrl);
  await page.getByRole("button", { name: "签发", exact: true }).click();
  await expect(desk.getByRole("button", { name: "审核通过" })).toBeVisible({ timeout: 3000 });
  await expect(desk.getByRole("main")).toContainText("其中本月新增 4 项");
  await sound(desk);
  await desk.getByRole("button", { name: "审核通过" }).click();
  await expect(desk.getByRole("button", { name: "审核通过" })).toBeHidden();
  await desk.goto(submissionUrl);
  await expect(desk.getByRole("main")).toContainText("已通过");
  await desk.context().close();
});

test("年度汇总里有这一条", async ({ page }) => {
  await signIn(page, "dashanping");
  await page.goto("/report");
  await expect(page.getByRole("main")).toContainText("其中本月新增 4 项");
  await sound(page);
});

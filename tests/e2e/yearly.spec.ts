/** 年度报告走一遍：编制、汇编、改数、弄不平再照提示改平、断网不丢、提交、手机上两下签发、审核、公布。 */

import { expect, test, type Page } from "@playwright/test";

import { signIn, sound, watched } from "./support";

const cell = (page: Page, label: string) => page.getByRole("textbox", { name: label, exact: true });
const RECEIVED = "一、本年新收政府信息公开申请数量·自然人";
const CARRIED = "四、结转下年度继续办理·自然人";

/** 存好、核好：状态条说已自动保存，核对结果不再转。 */
async function saved(page: Page): Promise<void> {
  await expect(page.getByText("已自动保存").first()).toBeVisible();
}

test("一份年度报告，从汇编到公布", async ({ page, context }, info) => {
  const faults = watched(page);
  await signIn(page, "danlin");
  await page.goto("/annual-reports?year=2022");
  await page.getByRole("button", { name: "开始编制并汇编" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("丹林镇人民政府2022年政府信息公开工作年度报告");
  const result = page.getByRole("complementary", { name: "核对结果" });
  await expect(result).toContainText("格空白");

  // 表三：由台账汇编；看一格的由来
  await page.getByRole("tab", { name: /三 依申请公开/ }).click();
  await page.getByRole("button", { name: "空白格填 0" }).click();
  const received = cell(page, RECEIVED);
  await expect(received).toHaveValue(/\d/);
  const counted = Number(await received.inputValue());
  await received.focus();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("dialog")).toContainText("汇编的结果");
  await page.keyboard.press("Escape");

  // 弄不平：两头都标上，照提示一按改平，可撤销
  await received.focus();
  await page.keyboard.type(String(counted + 1));
  await saved(page);
  await expect(result).toContainText("“自然人”列不平");
  await expect(page.locator(".grid-block").first()).toBeVisible();
  await expect(page.getByText(/✗ 不平，差 1/).first()).toBeVisible();
  await sound(page);
  await page.screenshot({ path: info.outputPath("broken.png") });
  await result.getByRole("button", { name: `照此改：“${RECEIVED}”改为 ${counted}` }).first().click();
  await expect(received).toHaveValue(String(counted));
  await page.getByRole("button", { name: "撤销", exact: true }).first().click();
  await expect(received).toHaveValue(String(counted + 1));
  await page.getByRole("button", { name: "重做", exact: true }).click();
  await expect(received).toHaveValue(String(counted));
  await expect(result).not.toContainText("“自然人”列不平");

  // 断网：存在本机，说清楚；通了自己送
  await context.setOffline(true);
  const left = cell(page, CARRIED);
  await left.focus();
  await page.keyboard.type(String(Number(await left.inputValue()) + 2));
  await expect(page.getByText("连不上服务器")).toBeVisible();
  await context.setOffline(false);
  await saved(page);
  await expect(result).toContainText("“自然人”列不平");
  await page.keyboard.press("Control+z");
  await expect(result).not.toContainText("“自然人”列不平");

  // 没有的业务申报为零；其余空白填 0
  await page.getByRole("tab", { name: /四 复议诉讼/ }).click();
  await page.getByRole("button", { name: "本单位无此项业务" }).click();
  await page.getByRole("dialog").getByRole("radio", { name: /表四/ }).check();
  await page.getByRole("dialog").getByRole("button", { name: "申报", exact: true }).click();
  await expect(page.getByText(/已申报“表四/).first()).toBeVisible();
  await page.getByRole("tab", { name: /二 主动公开/ }).click();
  await page.getByRole("button", { name: "空白格填 0" }).click();
  await saved(page);
  for (const [tab, words] of [["五 问题", "解读形式不够多样，下一年度增加图解与视频。"], ["六 其他", "本年度未收取信息处理费。2022年政务公开重点任务均已落实。"]] as const) {
    await page.getByRole("tab", { name: tab }).click();
    await page.getByRole("tabpanel").getByRole("textbox").last().fill(words);
  }
  await saved(page);
  await expect(result.getByRole("status")).toContainText(/核对通过|不能报送 0 条/);
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await sound(page);
  await page.getByRole("dialog").getByRole("button", { name: "提交", exact: true }).click();
  await expect(page.getByText("待签发").first()).toBeVisible();

  // 分管领导在手机上：首页进来，两下签发
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, "danlin-signer");
  await page.getByRole("link", { name: /去签发/ }).click();
  await sound(page);
  await page.getByRole("button", { name: "签发", exact: true }).click();
  await page.screenshot({ path: info.outputPath("sign.png") });
  await page.getByRole("alertdialog").getByRole("button", { name: "签发", exact: true }).click();
  await expect(page.getByText("待审核").first()).toBeVisible();

  // 政务公开科：名册里找到，通过，公布
  await page.setViewportSize({ width: 1440, height: 900 });
  await signIn(page, "office");
  await page.goto("/annual-reports?year=2022&standing=signed");
  await sound(page);
  await page.screenshot({ path: info.outputPath("roster.png") });
  await page.getByRole("table", { name: "各单位的年度报告" }).getByRole("link", { name: /丹林镇/ }).click();
  await page.getByRole("button", { name: "审核通过" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "审核通过" }).click();
  await page.getByRole("button", { name: "公布…" }).click();
  await sound(page);
  await page.getByRole("dialog").getByRole("button", { name: "公布", exact: true }).click();
  await expect(page.getByText("已公布").first()).toBeVisible();
  await page.getByRole("tab", { name: "经过" }).click();
  await expect(page.getByRole("tabpanel")).toContainText("签发");
  await sound(page);
  expect(faults()).toEqual([]);
});

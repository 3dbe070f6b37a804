/** 推算一个期限，换一个人打开同一地址还是同一道题；窄屏也能读放假通知。 */

import { expect, test } from "@playwright/test";

import { HOLIDAYS_2028, signIn, sound, watched } from "./support";

test("信息员推算答复期限：补正、征求意见、推算说明、打印稿", async ({ page }, info) => {
  const faults = watched(page);
  await signIn(page, "dashanping");
  await page.goto("/deadlines?start=2023-09-25&rule=K5");
  const main = page.getByRole("main");
  await expect(main).toContainText("2023年10月27日");
  await expect(main).toContainText("10月7日（星期六）、10月8日（星期日）调休上班，计入，为第4、5个工作日");
  await page.getByText("其间发生的事").click();
  await page.getByRole("button", { name: "加一段征求意见" }).click();
  const asked = page.getByRole("group", { name: "第 1 次发出" });
  await asked.getByRole("spinbutton").first().click();
  await page.keyboard.type("20231009");
  await page.getByRole("group", { name: "第 1 次收到" }).getByRole("spinbutton").first().click();
  await page.keyboard.type("20231020");
  await expect(main).toContainText("2023年11月9日");
  await expect(main).toContainText("尚余14个工作日");
  await sound(page);
  const address = page.url();
  await signIn(page, "dashanping-signer");
  await page.goto(address);
  await expect(main).toContainText("2023年11月9日");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("heading", { name: "怎么算" })).toBeHidden();
  await expect(page.getByText("推算日期：2023年9月20日")).toBeVisible();
  await page.screenshot({ path: info.outputPath("print.png"), fullPage: true });
  expect(faults()).toEqual([]);
});

test("不合条例的经过，写在那一格里；跨年的标明只供参考", async ({ page }) => {
  await signIn(page, "dashanping-signer");
  await page.goto("/deadlines?start=2023-09-25&rule=K5&extend=25");
  await expect(page.getByRole("textbox", { name: /延期/ })).toHaveAccessibleDescription(/延长最长20个工作日.*第三十三条/);
  await sound(page);
  await page.goto("/deadlines?start=2026-12-20&rule=K1");
  await expect(page.getByRole("main")).toContainText("跨入了尚未公布放假安排的年份");
  await sound(page);
});

test("窄屏也能读通知，取消就什么都没改", async ({ page }, info) => {
  await signIn(page, "office");
  await page.goto("/calendar?year=2023");
  await page.getByRole("button", { name: "粘贴通知" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "通知文字" }).fill(HOLIDAYS_2028);
  await dialog.getByRole("button", { name: "读取" }).click();
  await expect(dialog).toContainText("核对2028年节假日安排");
  await sound(page);
  await page.screenshot({ path: info.outputPath("check.png") });
  await dialog.getByRole("button", { name: "取消" }).click();
  await expect(page.getByRole("main")).toContainText("全年工作日 249 天");
});

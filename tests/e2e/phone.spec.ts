/** 手机上的一期：信息员填报、分管领导签发、政务公开科通过，都在 390 像素宽的屏上。 */

import { expect, test } from "@playwright/test";

import { signIn, sound, watched } from "./support";

test.describe.configure({ mode: "serial" });

let submission = "";

test("信息员从首页点进去，写完就交", async ({ page }, info) => {
  const faults = watched(page);
  await signIn(page, "huangyi");
  await page.getByRole("button", { name: /^填报2023年9月/ }).first().click();
  await expect(page).toHaveURL(/\/submissions\//);
  submission = new URL(page.url()).pathname;
  await page.getByRole("textbox", { name: /进展情况/ }).fill("本月公开信息 6 条，均在 20 个工作日内。");
  await page.getByRole("textbox", { name: /工作措施/ }).fill("分管领导每周过问一次。");
  for (const duty of await page.getByRole("group", { name: /^要求 \d+/ }).all()) {
    if ((await duty.getByRole("radio", { checked: true }).count()) > 0) continue; // 专项台账已判定的，照台账报
    await duty.getByRole("radio", { name: "部分完成" }).focus();
    await page.keyboard.press("Space");
    await expect(duty.getByRole("radio", { name: "部分完成" })).toBeChecked();
  }
  await page.getByRole("textbox", { name: "粘贴网址" }).fill("https://zwgk.example.gov.cn/202309/20.html");
  await page.getByRole("button", { name: "添加链接" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: /标题/ }).fill("9 月公开信息清单");
  await sound(page);
  await dialog.getByRole("button", { name: "加入佐证" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/已自动保存/)).toBeVisible();
  await sound(page);
  await page.screenshot({ path: info.outputPath("form.png"), fullPage: true });
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await expect(page).toHaveURL(/\/$/);
  await expect(page.getByText(/^已提交：/)).toBeVisible();
  expect(faults()).toEqual([]);
});

test("分管领导在手机上签发", async ({ page }, info) => {
  await signIn(page, "huangyi-signer");
  await expect(page.locator(`a[href="${submission}"]`).first()).toBeVisible();
  await page.goto(submission);
  await expect(page.getByRole("main")).toContainText("本月公开信息 6 条");
  await sound(page);
  await page.screenshot({ path: info.outputPath("sign.png"), fullPage: true });
  await page.getByRole("button", { name: "签发", exact: true }).click();
  await expect(page.getByRole("button", { name: "签发", exact: true })).toBeHidden();
});

test("政务公开科在手机上通过", async ({ page }, info) => {
  await signIn(page, "office");
  await page.goto(submission);
  await sound(page);
  await page.screenshot({ path: info.outputPath("review.png"), fullPage: true });
  await page.getByRole("button", { name: "审核通过" }).click();
  await expect(page.getByRole("button", { name: "审核通过" })).toBeHidden();
  await page.goto(submission);
  await expect(page.getByRole("main")).toContainText("已通过");
});

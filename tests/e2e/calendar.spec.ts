/** 政务公开科粘贴放假通知，核对，确认，再撤回。日历全区共用一份，只在一个视口上改；窄屏的对话框见 deadlines.spec。 */

import { expect, test } from "@playwright/test";

import { HOLIDAYS_2028, signIn, sound, watched } from "./support";

test("政务公开科粘贴通知，改好疑点，确认，再撤回", async ({ page }) => {
  const faults = watched(page);
  await signIn(page, "office");
  await page.goto("/calendar?year=2028");
  await page.getByRole("button", { name: "粘贴通知" }).click();
  await sound(page);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "通知文字" }).fill(HOLIDAYS_2028.replace("10月8日（周日）", "10月8日（周一）"));
  await dialog.getByRole("button", { name: "读取" }).click();
  await expect(dialog).toContainText("2028年10月8日是星期日，通知写作星期一");
  await sound(page);
  await dialog.getByRole("button", { name: "确认2028年安排" }).click();
  await expect(dialog).toContainText("在月历上改好后勾选");
  await dialog.getByRole("table", { name: "2028年10月" }).getByRole("button", { name: /^14/ }).click();
  await expect(dialog).toContainText("10月14日");
  await dialog.getByRole("checkbox", { name: /已逐条核对/ }).check();
  await dialog.getByRole("button", { name: "确认2028年安排" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("main")).toContainText("国办发明电〔2027〕9号");
  await sound(page);
  await page.getByRole("button", { name: "撤回确认" }).click();
  await sound(page);
  await page.getByRole("alertdialog").getByRole("button", { name: "撤回" }).click();
  await expect(page.getByRole("main")).toContainText("放假安排尚未公布");
  expect(faults()).toEqual([]);
});

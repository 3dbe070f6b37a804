/** 一件申请从窗口到邮局：登记、补正、延期、答复、送出，期限一步步跟着走；各种台账的页面无障碍零违规。 */

import { expect, test, type Page } from "@playwright/test";

import { first, signIn, sound, watched } from "./support";

async function fillDate(page: Page, label: RegExp, iso: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  const group = ((await dialog.count()) > 0 ? dialog : page).getByRole("group", { name: label });
  await group.getByRole("spinbutton").first().click();
  await page.keyboard.type(iso.replaceAll("-", ""));
}

/** 点下一步的按钮，填好，登记。 */
async function step(page: Page, name: string, fill: () => Promise<void>): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  await fill();
  await dialog.getByRole("button", { name: "登记", exact: true }).click();
  await expect(dialog).toBeHidden();
}

test("信息员把一件申请办到送出", async ({ page }, info) => {
  const faults = watched(page);
  await signIn(page, "dashanping");
  await page.goto("/registers/applications/new");
  await page.getByRole("button", { name: "登记", exact: true }).click();
  await expect(page.getByLabel(/申请事项/)).toBeFocused();
  await page.getByLabel(/申请事项/).fill(`河道整治资金使用情况 ${info.project.name}`);
  await page.getByLabel(/申请人类型/).selectOption({ label: "自然人" });
  await page.getByLabel(/姓名或者名称/).fill("冯晓东");
  await page.getByLabel(/联系电话/).fill("13811112222");
  await page.getByLabel(/提交方式/).selectOption({ label: "当面提交" });
  await page.getByLabel(/申请内容/).fill("申请公开河道整治资金使用情况");
  await fillDate(page, /申请到达之日/, "2023-09-04");
  await page.getByRole("button", { name: "登记", exact: true }).click();

  const clock = page.getByTestId("clock");
  await expect(clock).toContainText("2023年10月8日");
  await step(page, "告知补正", async () => {
    await page.getByLabel(/需要补正的事项/).fill("请写明年度");
    await fillDate(page, /告知之日/, "2023-09-06");
    await fillDate(page, /补正期限/, "2023-09-15");
  });
  await expect(clock).toContainText("待申请人补正，限期9月15日已过");
  await step(page, "收到补正", () => fillDate(page, /收到补正之日/, "2023-09-11"));
  await expect(clock).toContainText("2023年10月13日");
  await step(page, "延期答复", async () => {
    await page.getByLabel(/延长几个工作日/).fill("10");
    await page.getByLabel(/同意延期的负责人/).fill("张主任");
  });
  await expect(clock).toContainText("2023年10月27日");
  await expect(clock).toContainText("收到申请人的补正，期限自收到补正之日起重新计算");
  await step(page, "作出答复", () => page.getByLabel(/答复理由/).selectOption({ label: "可以公开，提供或者告知何时提供" }).then(() => undefined));
  await step(page, "送出答复", () => page.getByLabel(/送达方式/).selectOption({ label: "邮寄" }).then(() => undefined));
  await expect(page.getByRole("main")).toContainText("按期办结");
  await expect(page.getByRole("main")).toContainText("（一）予以公开");
  await expect(page.getByRole("main")).not.toContainText("冯晓东");
  await page.getByRole("button", { name: "查看原文" }).click();
  await expect(page.getByRole("main")).toContainText("冯晓东");
  await sound(page);
  expect(faults()).toEqual([]);
});

test("信息员导入一份有错的表，改好，登记；制作登记回执", async ({ page }, info) => {
  const faults = watched(page);
  const title = `招生政策文件 ${info.project.name}`;
  const csv = ["申请事项,登记号,申请到达之日,申请人类型,姓名或者名称,提交方式,申请内容", `${title},导-1-${info.project.name},2023-02-30,自然人,何小冬,当面,申请公开招生政策文件`, `${title}之二,导-2-${info.project.name},2023-09-05,商业企业,某某公司,当面,申请公开划片范围`].join("\n");
  await signIn(page, "dashanping");
  await page.goto("/registers/applications");
  await page.getByRole("link", { name: "导入", exact: true }).click();
  await page.locator("input[type=file]").setInputFiles({ name: "申请.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await expect(page.getByRole("tab", { name: "问题（3 处）" })).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("何小冬");
  await page.getByRole("button", { name: "“当面”都改作当面提交" }).click();
  await expect(page.getByRole("tab", { name: "问题（1 处）" })).toBeVisible();
  await sound(page);
  await page.getByRole("button", { name: "改表中第 2 行" }).click();
  await page.getByRole("dialog").getByLabel(/申请到达之日/).fill("2023-09-04");
  await sound(page);
  await page.getByRole("button", { name: "保存并重新核对" }).click();
  await expect(page.getByRole("tab", { name: "问题（0 处）" })).toBeVisible();
  await page.getByRole("button", { name: "登记", exact: true }).click();
  await page.getByRole("button", { name: "登记 2 条" }).click();
  await expect(page.getByRole("main")).toContainText("已登记 2");
  await page.getByRole("tab", { name: /各行/ }).click();
  await page.getByRole("link", { name: title, exact: true }).click();
  await page.getByRole("button", { name: "看政府信息公开申请登记回执" }).click();
  await expect(page.getByRole("dialog")).toContainText("将于2023年10月8日前答复");
  await expect(page.getByRole("dialog")).toContainText("何**：");
  await sound(page);
  const letter = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载 Word" }).click();
  expect((await letter).suggestedFilename()).toContain("登记回执");
  expect(faults()).toEqual([]);
});

test("没有提交的登记，刷新之后接着填；申请人不留在本机", async ({ page }) => {
  await signIn(page, "dashanping");
  await page.goto("/registers/applications/new");
  await page.getByLabel(/申请事项/).fill("只写了一半");
  await page.getByLabel(/姓名或者名称/).fill("何小冬");
  await expect(page.getByText(/已暂存在这个标签页/)).toBeVisible();
  page.on("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await expect(page.getByLabel(/申请事项/)).toHaveValue("只写了一半");
  await expect(page.getByLabel(/姓名或者名称/)).toHaveValue("");
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain("何小冬");
  await page.getByRole("button", { name: "不要了，从头填" }).click();
  await expect(page.getByLabel(/申请事项/)).toHaveValue("");
});

test("台账的各页打得开、无违规", async ({ page }, info) => {
  const faults = watched(page);
  await signIn(page, "office");
  const entry = await first(page, "office", "/registers/applications/entries?light=red&size=1");
  const places = ["/registers", "/registers/applications", "/registers/applications?light=red", "/registers/trainings", "/registers/public-opinion/new", "/registers/applications/import", "/registers/applications/frequent", `/registers/applications/${entry.id}`];
  for (const [index, path] of places.entries()) {
    await page.goto(path);
    await sound(page);
    await page.screenshot({ path: info.outputPath(`register-${index}.png`) });
  }
  expect(faults()).toEqual([]);
});

/** 每个角色的每一页：打得开、无障碍零违规、不横向溢出、没有脚本错误；浅色与深色、标准与特大。 */

import { expect, test } from "@playwright/test";

import { signIn, sound } from "./support";

const PAGES: Record<string, string[]> = {
  dashanping: ["/", "/ledger", "/board", "/report", "/account"],
  "dashanping-signer": ["/", "/ledger"],
  office: ["/", "/ledger", "/ledger?light=red", "/board", "/report"],
  admin: ["/"],
};

for (const [username, paths] of Object.entries(PAGES)) {
  test(`${username} 的页面`, async ({ page }, info) => {
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" && /Content Security Policy|Trusted Type/i.test(message.text())) faults.push(message.text());
    });
    await signIn(page, username);
    for (const path of paths) {
      await page.goto(path);
      await sound(page);
      await page.screenshot({ path: info.outputPath(`${username}${path.replace(/\W+/g, "-")}.png`) });
    }
    expect(faults).toEqual([]);
  });
}

test("登录页与错误口令", async ({ page }) => {
  await page.goto("/login");
  await sound(page);
  await page.getByRole("textbox", { name: /账号/ }).fill("office");
  await page.locator("input[type=password]").fill("wrong-password-1");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("账号或口令不正确");
  await sound(page);
});

test("深色与特大字号", async ({ page }) => {
  await signIn(page, "office");
  for (const choice of ["深色", "特大"]) {
    const radio = page.getByRole("radio", { name: choice, exact: true });
    if (await radio.isVisible()) await radio.click();
  }
  for (const path of ["/", "/ledger", "/board"]) {
    await page.goto(path);
    await sound(page);
  }
});

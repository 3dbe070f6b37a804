/** 件目录：每件的每种样子，在每种配色与字号下无障碍零违规；样子变了，与存下的图不同即失败。 */

import { expect, test } from "@playwright/test";

import { flawless } from "./support";

const LOOKS = [
  { theme: "light", size: "standard" },
  { theme: "light", size: "xlarge" },
  { theme: "dark", size: "standard" },
  { theme: "contrast", size: "standard" },
] as const;

for (const look of LOOKS) {
  test(`件目录 ${look.theme} ${look.size}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.addInitScript((saved) => localStorage.setItem("taizhang.preferences", JSON.stringify(saved)), look);
    await page.goto("/kit");
    await expect(page.getByRole("heading", { name: "件目录" })).toBeVisible();
    await flawless(page);
    for (const open of look === LOOKS[0] ? ["打开对话框", "问一句"] : ["问一句"]) {
      await page.getByRole("button", { name: open }).click();
      await flawless(page);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("button", { name: open })).toBeFocused();
    }
  });
}

test("件的样子与存下的图相同", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce", colorScheme: "light" });
  await page.goto("/kit");
  await expect(page.getByRole("heading", { name: "件目录" })).toBeVisible();
  for (const id of ["press", "inputs", "choices", "words", "lists", "frames", "states"]) {
    await expect(page.locator(`#${id}`)).toHaveScreenshot(`${id}.png`, { maxDiffPixelRatio: 0.02 });
  }
});

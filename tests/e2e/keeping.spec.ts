/** 写的东西不丢：同事也在改、登录失效、写到一半刷新。 */

import { expect, test, type Page } from "@playwright/test";

import { bearer, passwordOf, signIn, sound } from "./support";

/** 本单位一份还没动过的填报，经接口开好。 */
async function begun(page: Page, username: string): Promise<{ id: string; headers: Record<string, string> }> {
  const headers = { Authorization: `Bearer ${await bearer(username)}` };
  const answer = await page.request.get("/api/v1/assignments?mine=true&size=100", { headers });
  const { items } = (await answer.json()) as { items: { id: string; submission: { period_label: string } | null }[] };
  const free = items.find((item) => item.submission?.period_label !== "2023年9月");
  const made = await page.request.post("/api/v1/progress-submissions", { headers, data: { assignment_id: free?.id } });
  expect(made.status()).toBe(201);
  return { id: ((await made.json()) as { id: string }).id, headers };
}

test("同事也改了同一处：两份并排，选哪份由人", async ({ page }) => {
  const { id, headers } = await begun(page, "lantian");
  await signIn(page, "lantian");
  await page.goto(`/submissions/${id}`);
  const progress = page.getByRole("textbox", { name: /进展情况/ });
  await progress.fill("我写的：本月公开 3 条。");
  const theirs = await page.request.patch(`/api/v1/progress-submissions/${id}`, { headers: { ...headers, "If-Match": '"1"' }, data: { progress: "同事写的：本月公开 5 条。", measures: "同事写的措施。" } });
  expect(theirs.status()).toBe(200);
  const dialog = page.getByRole("dialog", { name: "内容已被他人修改" });
  await expect(dialog).toContainText("我写的：本月公开 3 条。");
  await expect(dialog).toContainText("同事写的：本月公开 5 条。");
  await expect(dialog).not.toContainText("同事写的措施");
  await sound(page);
  await dialog.getByRole("radio", { name: "用同事存的" }).check({ force: true });
  await dialog.getByRole("button", { name: "按所选保存" }).click();
  await expect(dialog).toBeHidden();
  await expect(progress).toHaveValue("同事写的：本月公开 5 条。");
  await expect(page.getByRole("textbox", { name: /工作措施/ })).toHaveValue("同事写的措施。");
});

test("写到一半登录失效：就地重新登录，接着写", async ({ page }) => {
  const { id, headers } = await begun(page, "minzheng");
  await signIn(page, "minzheng");
  await page.goto(`/submissions/${id}`);
  const fresh = `${passwordOf("minzheng")}x`;
  await page.getByRole("textbox", { name: /进展情况/ }).fill("写到这里，登录失效了。");
  const changed = await page.request.post("/api/v1/auth/password", { headers, data: { current_password: passwordOf("minzheng"), new_password: fresh } });
  expect(changed.status()).toBe(204);
  const dialog = page.getByRole("dialog", { name: "登录已失效" });
  await expect(dialog).toBeVisible({ timeout: 20_000 });
  await sound(page);
  await dialog.locator("input[type=password]").fill(fresh);
  await dialog.getByRole("button", { name: "重新登录" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("textbox", { name: /进展情况/ })).toHaveValue("写到这里，登录失效了。");
  await expect(page.getByText(/已自动保存/)).toBeVisible();
});

test("没等存上就刷新：回来还在", async ({ page }) => {
  const { id } = await begun(page, "qiancao");
  await signIn(page, "qiancao");
  await page.goto(`/submissions/${id}`);
  await page.route("**/api/v1/progress-submissions/*", (route) => (route.request().method() === "PATCH" ? route.abort() : route.continue()));
  await page.getByRole("textbox", { name: /进展情况/ }).fill("网断了也不丢。");
  await expect(page.getByText("写的内容已存在本机，连上后自动送出", { exact: false })).toBeVisible();
  await page.unroute("**/api/v1/progress-submissions/*");
  await page.reload();
  await expect(page.getByRole("textbox", { name: /进展情况/ })).toHaveValue("网断了也不丢。");
  await expect(page.getByText("已接上您上次没有送到服务器的内容，请核对。")).toBeVisible();
  await expect(page.getByText(/已自动保存/)).toBeVisible();
});

/** 区里的人怎么进系统，页面怎样算合格。 */

import { readFileSync } from "node:fs";
import path from "node:path";

import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

interface Account {
  username: string;
  password: string;
}

const ACCOUNTS = path.resolve(__dirname, "../../var/e2e/demo-accounts.json");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export function passwordOf(username: string): string {
  const accounts = JSON.parse(readFileSync(ACCOUNTS, "utf8")) as Account[];
  const account = accounts.find((each) => each.username === username);
  if (account === undefined) throw new Error(`没有账号 ${username}`);
  return account.password;
}

export async function signIn(page: Page, username: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto("/login");
  await page.getByRole("textbox", { name: /账号/ }).fill(username);
  await page.locator("input[type=password]").fill(passwordOf(username));
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByRole("main")).toBeVisible();
  await expect(page).not.toHaveURL(/\/login/);
}

/** 页面站稳：没有骨架、没有转圈，动画已停。 */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole("main")).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

/** 无障碍零违规，不横向溢出。 */
export async function sound(page: Page): Promise<void> {
  await settled(page);
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map((each) => `${each.id}：${each.nodes.map((node) => node.target.join(" ")).join("；")}`);
  expect(found, page.url()).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, `${page.url()} 横向溢出`).toBeLessThanOrEqual(0);
}

export async function bearer(page: Page, username: string): Promise<string> {
  const answer = await page.request.post("/api/v1/auth/login", { data: { username, password: passwordOf(username) } });
  expect(answer.ok()).toBe(true);
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** 区里的人怎么进系统，页面怎样算合格。 */

import { readFileSync } from "node:fs";
import path from "node:path";

import AxeBuilder from "@axe-core/playwright";
import { expect, request, test, type Page } from "@playwright/test";

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

/** 站稳之后，无障碍零违规，不横向溢出。 */
export async function sound(page: Page): Promise<void> {
  await settled(page);
  await flawless(page);
}

/** 眼前的样子无障碍零违规，不横向溢出。 */
export async function flawless(page: Page): Promise<void> {
  // 页里没有嵌框，就在页内一次算完、只取违规：大表上快三倍，查的规则不少一条
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode(true);
  const { violations } = await axe.withTags(TAGS).analyze();
  const found = violations.map((each) => `${each.id}：${each.nodes.map((node) => node.target.join(" ")).join("；")}`);
  expect(found, page.url()).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, `${page.url()} 横向溢出`).toBeLessThanOrEqual(0);
}

/** 另一处登录得来的令牌；不动这一页的 Cookie。 */
export async function bearer(username: string): Promise<string> {
  const elsewhere = await request.newContext({ baseURL: test.info().project.use.baseURL ?? "" });
  const answer = await elsewhere.post("/api/v1/auth/login", { data: { username, password: passwordOf(username) } });
  expect(answer.ok()).toBe(true);
  const { access_token } = (await answer.json()) as { access_token: string };
  await elsewhere.dispose();
  return access_token;
}

export type Row = Record<string, unknown> & { id: string };

/** 一份清单的第一条，如 first(page, "office", "/plans?size=1")。 */
export async function first(page: Page, username: string, path: string): Promise<Row> {
  const headers = { Authorization: `Bearer ${await bearer(username)}` };
  const answer = await page.request.get(`/api/v1${path}`, { headers });
  expect(answer.ok(), path).toBe(true);
  const [row] = ((await answer.json()) as { items: Row[] }).items;
  if (row === undefined) throw new Error(`${path} 一条也没有`);
  return row;
}

/** 记下这一页的脚本错误与内容安全策略违规。 */
export function watched(page: Page): () => string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && /Content Security Policy|Trusted Type/i.test(message.text())) faults.push(message.text());
  });
  return () => faults;
}

/** 一份还没有的放假通知，写法照历年的。 */
export const HOLIDAYS_2028 = `国务院办公厅关于2028年部分节假日安排的通知
国办发明电〔2027〕9号
一、元旦：1月1日（周六）至3日（周一）放假，共3天。
二、春节：1月25日（周二）至31日（周一）放假调休，共7天。1月22日（周六）、2月5日（周六）上班。
三、国庆节：10月1日（周日）至7日（周六）放假调休，共7天。10月8日（周日）上班。`;

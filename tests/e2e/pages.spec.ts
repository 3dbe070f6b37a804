/** 每个角色的每一页：打得开、无障碍零违规、不横向溢出、没有脚本错误；开着的对话框也一样。 */

import { expect, test, type Page } from "@playwright/test";

import { first, signIn, sound, watched } from "./support";

const OFFICE = ["/", "/ledger", "/ledger?light=red", "/ledger?q=查无此项", "/board", "/indicators", "/indicators?view=units&verdict=not_met", "/indicators/interpretation-diversity", "/plans", "/plans/import", "/report", "/annual-reports?year=2022", "/annual-reports?year=2022&standing=late", "/units", "/users", "/account"];

const PAGES: Record<string, string[]> = {
  dashanping: ["/", "/ledger", "/board", "/registers", "/registers/applications", "/indicators", "/indicators/trainings", "/report", "/annual-reports", "/annual-reports/check", "/plans", "/units", "/account", "/no-such-page"],
  "dashanping-signer": ["/", "/board", "/deadlines"],
  office: OFFICE,
  auditor: ["/", "/ledger", "/report"],
  admin: ["/", "/units", "/users", "/clients", "/calendar", "/account"],
  audit: ["/", "/audit", "/audit?q=office", "/audit?q=查无此人"],
};

async function visit(page: Page, path: string, shot: string): Promise<void> {
  await page.goto(path);
  await sound(page);
  await page.screenshot({ path: shot });
}

for (const [username, paths] of Object.entries(PAGES)) {
  test(`${username} 的页面`, async ({ page }, info) => {
    const faults = watched(page);
    await signIn(page, username);
    for (const path of paths) await visit(page, path, info.outputPath(`${username}${path.replace(/\W+/g, "-")}.png`));
    expect(faults()).toEqual([]);
  });
}

test("政务公开科打开的一份分解表、一项任务、一份填报", async ({ page }, info) => {
  const faults = watched(page);
  await signIn(page, "office");
  const plan = await first(page, "office", "/plans?size=1");
  const assignment = await first(page, "office", "/assignments?light=red&size=1");
  const signed = await first(page, "office", "/progress-submissions?state=signed&size=1");
  const returned = await first(page, "office", "/progress-submissions?state=returned&size=1");
  const imported = await first(page, "office", "/plan-imports?size=1");
  const places = [`/plans/import/${imported.id}`, `/plans/${plan.id}`, `/assignments/${assignment.id}`, `/tasks/${(assignment["task"] as { id: string }).id}`, `/submissions/${signed.id}`, `/submissions/${returned.id}`];
  for (const [index, path] of places.entries()) await visit(page, path, info.outputPath(`place-${index}.png`));
  await page.goto(`/submissions/${signed.id}`);
  await page.getByRole("button", { name: /^退回/ }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await sound(page);
  expect(faults()).toEqual([]);
});

test("年度报告：待审核的一份、开着的退回与由来、本级政府的与汇总底表", async ({ page }, info) => {
  const faults = watched(page);
  await signIn(page, "office");
  const signed = await first(page, "office", "/annual-reports?year=2022&state=signed&size=1");
  const government = await first(page, "office", "/annual-reports?year=2022&scope=government&size=1");
  for (const part of ["", "?part=t2", "?part=t3", "?part=problems", "?part=history"]) await visit(page, `/annual-reports/${signed.id}${part}`, info.outputPath(`report${part.slice(6)}.png`));
  await page.getByRole("button", { name: "退回…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await sound(page);
  await visit(page, `/annual-reports/${government.id}`, info.outputPath("government.png"));
  await visit(page, `/annual-reports/${government.id}/roll-up`, info.outputPath("roll-up.png"));
  await page.getByRole("button", { name: /本年新收.*自然人.*看各家的数/ }).click();
  await expect(page.getByRole("dialog")).toContainText("计入的");
  await sound(page);
  expect(faults()).toEqual([]);
});

test("信息员打开自己的任务；别的单位的填报，如同没有", async ({ page }, info) => {
  const faults = watched(page);
  await signIn(page, "dashanping");
  const own = await first(page, "dashanping", "/assignments?mine=true&size=1");
  await visit(page, `/assignments/${own.id}`, info.outputPath("own.png"));
  const others = await first(page, "caizheng", "/progress-submissions?size=1");
  await visit(page, `/submissions/${others.id}`, info.outputPath("others.png"));
  await expect(page.getByRole("main")).toContainText("没有找到");
  expect(faults()).toEqual([]);
});

const DIALOGS: { username: string; path: string; button: RegExp; close: RegExp }[] = [
  { username: "admin", path: "/units", button: /新增单位/, close: /^取消/ },
  { username: "admin", path: "/users", button: /新增用户/, close: /^取消/ },
  { username: "admin", path: "/users", button: /^重置口令/, close: /^取消/ },
  { username: "office", path: "/", button: /账号与显示/, close: /^关闭/ },
];

for (const { username, path, button, close } of DIALOGS) {
  test(`对话框：${path} 的${button.source}`, async ({ page }, info) => {
    await signIn(page, username);
    await page.goto(path);
    await page.getByRole("button", { name: button }).first().click();
    const dialog = page.getByRole("dialog").or(page.getByRole("alertdialog"));
    await expect(dialog).toBeVisible();
    await sound(page);
    await page.screenshot({ path: info.outputPath("dialog.png") });
    await dialog.getByRole("button", { name: close }).first().click();
    await expect(dialog).toBeHidden();
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

test("深色与特大字号，换了就记住", async ({ page }, info) => {
  await signIn(page, "office");
  await page.getByRole("button", { name: /账号与显示/ }).click();
  const dialog = page.getByRole("dialog");
  for (const choice of ["深色", "特大"]) await dialog.getByRole("radio", { name: choice, exact: true }).check({ force: true });
  await sound(page);
  await page.keyboard.press("Escape");
  for (const path of ["/", "/ledger", "/board", "/report"]) {
    await visit(page, path, info.outputPath(`dark${path.replace(/\W+/g, "-")}.png`));
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(page.locator("html")).toHaveAttribute("data-size", "xlarge");
  }
});

test("320 像素宽也不横向溢出", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await signIn(page, "dashanping");
  for (const path of ["/", "/ledger", "/board", "/report", "/annual-reports/check", "/account"]) {
    await page.goto(path);
    await sound(page);
  }
});

test("查找：随处按 Ctrl K，键入简称，回车就到", async ({ page }, info) => {
  await signIn(page, "office");
  await expect(page.getByRole("button", { name: "查找" })).toBeVisible();
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "查找" });
  await dialog.getByRole("combobox").fill("教体局");
  await expect(dialog.getByRole("option").first()).toContainText("区教育体育局");
  await sound(page);
  await page.screenshot({ path: info.outputPath("finder.png") });
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/ledger\?unit=/);
});

test("常用筛选：存下、点开、删去、恢复", async ({ page }, info) => {
  await signIn(page, "dashanping");
  await page.goto(`/ledger?light=red&q=${info.project.name}`);
  await page.getByRole("button", { name: "存为常用" }).click();
  const name = `逾期的 ${info.project.name}`;
  await page.getByRole("dialog").getByRole("textbox", { name: /名称/ }).fill(name);
  await sound(page);
  await page.getByRole("dialog").getByRole("button", { name: "存下" }).click();
  await page.goto("/ledger");
  await page.getByRole("button", { name, exact: true }).click();
  await expect(page).toHaveURL(/light=red/);
  await page.getByRole("button", { name: `删去常用筛选 ${name}` }).click();
  await page.getByRole("button", { name: "恢复" }).click();
  await expect(page.getByRole("button", { name, exact: true })).toBeVisible();
});

test("公众网页：不登录，一页页打开", async ({ page }, info) => {
  const faults = watched(page);
  const [plan] = ((await (await page.request.get("/public/v1/plans")).json()) as { items: { id: string }[] }).items;
  const [report] = ((await (await page.request.get("/public/v1/annual-reports")).json()) as { items: { unit: { code: string }; links: { page: string } }[] }).items;
  const places = ["/public", `/public/plans/${plan?.id}`, "/public/annual-reports", `/public/annual-reports/${report?.unit.code}`, `${report?.links.page}`, "/public/open-data", "/public/no-such-page"];
  for (const [index, path] of places.entries()) await visit(page, path, info.outputPath(`public-${index}.png`));
  expect(faults()).toEqual([]);
});

test.describe("关掉 JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("公众从首页读到一份年度报告、历年比较和任务进展", async ({ page }) => {
    await page.goto("/public");
    await page.getByRole("navigation", { name: "主要栏目" }).getByRole("link", { name: "年度报告" }).click();
    await page.getByRole("link", { name: "泸州市江阳区人民政府大山坪街道办事处", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("年政府信息公开工作年度报告");
    await expect(page.getByRole("rowheader", { name: "（七）总计" })).toBeVisible();
    await page.getByRole("link", { name: "历年比较" }).click();
    await expect(page.getByRole("region", { name: "历年比较表" })).toContainText("本年新收申请");
    await page.getByRole("link", { name: "首页" }).first().click();
    await page.getByRole("link", { name: /重点任务分解表/ }).last().click();
    await expect(page.getByRole("region", { name: "办理进展" })).toContainText("2023年8月");
  });
});

/** 年报核对：拖入一份年报，照发现改平，刷新不丢；不拖文件也能粘贴着填。 */

import { readFileSync } from "node:fs";

import { expect, test, type Page } from "@playwright/test";

import { bearer, signIn, sound, watched } from "./support";

interface Place {
  row: number;
  column: number;
  row_span: number;
  column_span: number;
  text: string;
  cell: string | null;
}
interface Form {
  cells: { key: string; label: string }[];
  tables: { heading: string; part: string; row_count: number; places: Place[] }[];
}

const FIGURES: Record<string, number> = {
  "t3.r1.natural": 41,
  "t3.r1.business": 1,
  "t3.r1.total": 42,
  "t3.r3.1.natural": 40,
  "t3.r3.1.total": 40,
  "t3.r3.7.natural": 40,
  "t3.r3.7.total": 40,
  "t3.r4.natural": 2,
  "t3.r4.total": 2,
};

/** 一份照官方表样印出来的年报：新收有一件记错了列，科研机构的上年结转画了斜线。 */
async function published(page: Page): Promise<Buffer> {
  const headers = { Authorization: `Bearer ${await bearer("dashanping")}` };
  const [form] = (await (await page.request.get("/api/v1/annual-reports/forms", { headers })).json()) as [Form];
  const written = (cell: string) => (cell === "t3.r2.research" ? "/" : String(FIGURES[cell] ?? 0));
  const table = (each: Form["tables"][number]) => {
    const rows = Array.from({ length: each.row_count }, (_, row) => each.places.filter((place) => place.row === row).sort((a, b) => a.column - b.column));
    const td = (place: Place) => `<td rowspan="${place.row_span}" colspan="${place.column_span}">${place.cell === null ? place.text : written(place.cell)}</td>`;
    return `<table>${rows.map((row) => `<tr>${row.map(td).join("")}</tr>`).join("")}</table>`;
  };
  const [second, third, fourth] = form.tables.map((each) => `<p>${each.part}、${each.heading}</p>${table(each)}`);
  return Buffer.from(
    `<meta charset="utf-8"><h1>泸州市江阳区大山坪街道办事处2023年政府信息公开工作年度报告</h1><p>一、总体情况</p>
     <p>2023年，新收政府信息公开申请42件，办结40件，结转下年度2件。</p>${second}${third}${fourth}
     <p>五、存在的主要问题及改进情况</p><p>解读形式不多。</p><p>六、其他需要报告的事项</p><p>未收取信息处理费。重点任务均已落实。</p>`,
  );
}

const cell = (page: Page, label: string) => page.getByRole("textbox", { name: label, exact: true });

test("拖入年报，逐条改平", async ({ page }, info) => {
  const faults = watched(page);
  await signIn(page, "dashanping");
  await page.goto("/annual-reports/check");
  await page.locator("input[type=file]").first().setInputFiles({ name: "年报.html", mimeType: "text/html", buffer: await published(page) });
  await expect(page.getByText("有 1 处没有读准")).toBeVisible();
  const result = page.getByRole("complementary", { name: "核对结果" });
  await expect(result.getByRole("status")).toHaveText("不能报送 3 条，提示 0 条");
  await expect(result).toContainText("从 商业企业 移 1 件到 自然人");
  await expect(cell(page, "二、上年结转政府信息公开申请数量·科研机构")).toHaveValue("");
  await sound(page);
  await page.screenshot({ path: info.outputPath("findings.png") });

  await result.getByRole("button", { name: "定位第 1 条" }).click();
  const natural = cell(page, "一、本年新收政府信息公开申请数量·自然人");
  await expect(natural).toBeFocused();
  await expect(page.getByText("✗ 不平").first()).toBeVisible();
  await page.keyboard.type("42");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("0");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("0");
  await page.keyboard.press("Enter");
  await expect(result.getByRole("status")).toHaveText("不能报送 0 条，提示 0 条");
  await expect(result).toContainText("没有发现问题");

  await page.reload();
  await expect(natural).toHaveValue("42");
  await expect(result).toContainText("没有发现问题");
  const [file] = await Promise.all([page.waitForEvent("download"), result.getByRole("button", { name: "导出" }).click()]);
  expect(readFileSync(await file.path(), "utf8")).toContain("没有发现问题");
  expect(faults()).toEqual([]);
});

test("照表填：整块粘贴，总计自动求和，空白格填 0 可撤销", async ({ page }) => {
  const faults = watched(page);
  await signIn(page, "dashanping");
  await page.goto("/annual-reports/check");
  const first = cell(page, "一、本年新收政府信息公开申请数量·自然人");
  await first.focus();
  await first.evaluate((input) => {
    const data = new DataTransfer();
    data.setData("text", "1,040\t２\t0\t0\t0\t0\r\n3\t0\t0\t0\t0\t0\r\n");
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(cell(page, "一、本年新收政府信息公开申请数量·总计")).toHaveValue("1042");
  await expect(cell(page, "二、上年结转政府信息公开申请数量·自然人")).toHaveValue("3");
  await expect(page.getByRole("complementary", { name: "核对结果" })).toContainText("格空白");
  for (const button of await page.getByRole("button", { name: "空白格填 0" }).all()) await button.click();
  await expect(cell(page, "行政许可·本年处理决定数量")).toHaveValue("0");
  await expect(page.getByRole("complementary", { name: "核对结果" })).toContainText("“自然人”列不平");
  await page.getByRole("button", { name: "撤销", exact: true }).first().click();
  await expect(cell(page, "行政复议·结果维持")).toHaveValue("");
  // 钉在底部的一条会压住半格，触点大小要在页首量。
  await page.evaluate(() => window.scrollTo(0, 0));
  await sound(page);
  expect(faults()).toEqual([]);
});

test("深色、特大字号、320 像素宽：表格在框内滚，页面不横滚", async ({ page }, info) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await signIn(page, "office");
  await page.goto("/annual-reports/check");
  await page.locator("input[type=file]").first().setInputFiles({ name: "年报.html", mimeType: "text/html", buffer: await published(page) });
  await expect(page.getByRole("complementary", { name: "核对结果" })).toContainText("不能报送 3 条");
  await page.evaluate(() => {
    document.documentElement.dataset["theme"] = "dark";
    document.documentElement.dataset["size"] = "xlarge";
    window.scrollTo(0, 0);
  });
  await sound(page);
  await page.screenshot({ path: info.outputPath("dark.png"), fullPage: true });
});

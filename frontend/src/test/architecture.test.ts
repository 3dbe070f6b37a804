import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) && !name.endsWith(".d.ts") ? [path] : [];
  });
}

const files = sources(root).map((path) => {
  const text = readFileSync(path, "utf8");
  const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1] ?? "");
  return { path: relative(root, path), text, imports, lines: text.split("\n").length };
});

/** 引的是 src 下的哪个文件；外面的包返回 null。 */
function target(path: string, spec: string): string | null {
  if (spec.startsWith("@/")) return spec.slice(2);
  if (spec.startsWith(".")) return relative(root, join(root, path, "..", spec));
  return null;
}

describe("前端的层次", () => {
  it("只有 ui/ 引 react-aria-components", () => {
    const strays = files.filter((file) => !file.path.startsWith("ui/") && file.imports.includes("react-aria-components"));
    expect(strays.map((file) => file.path)).toEqual([]);
  });

  it("只有 ui/echarts.ts 引 ECharts", () => {
    const strays = files.filter((file) => file.path !== "ui/echarts.ts" && file.imports.some((spec) => spec.startsWith("echarts")));
    expect(strays.map((file) => file.path)).toEqual([]);
  });

  it("各业务互不相引", () => {
    const strays = files
      .filter((file) => file.path.startsWith("features/"))
      .flatMap((file) => {
        const own = file.path.split("/")[1];
        return file.imports
          .map((spec) => target(file.path, spec))
          .filter((to) => to !== null && to.startsWith("features/") && to.split("/")[1] !== own)
          .map((to) => `${file.path} → ${to}`);
      });
    expect(strays).toEqual([]);
  });

  it("底层不引上层", () => {
    const below: Record<string, string[]> = { lib: ["app", "features", "ui", "api"], api: ["app", "features", "ui"], ui: ["app", "features"], app: ["features"] };
    const strays = files.flatMap((file) => {
      const layer = file.path.split("/")[0] ?? "";
      return file.imports
        .map((spec) => target(file.path, spec))
        .filter((to) => to !== null && (below[layer] ?? []).includes(to.split("/")[0] ?? ""))
        .map((to) => `${file.path} → ${to}`);
    });
    expect(strays).toEqual([]);
  });

  it("单个文件不超过 400 行", () => {
    expect(files.filter((file) => file.lines > 400 && !file.path.endsWith("types.ts")).map((file) => `${file.path} ${file.lines}`)).toEqual([]);
  });

  it("不往页面里塞 HTML 文本", () => {
    expect(files.filter((file) => !file.path.endsWith(".test.ts") && /dangerouslySetInnerHTML|\.innerHTML|insertAdjacentHTML/.test(file.text)).map((file) => file.path)).toEqual([]);
  });
});

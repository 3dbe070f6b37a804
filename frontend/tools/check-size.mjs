// 体积预算：按产物清单把每个入口会载入的 JS、CSS 加起来（gzip），超了即失败。
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));
const KB = 1024;
const sizes = new Map();

function gzip(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(dist, file)), { level: 9 }).length);
  return sizes.get(file);
}

/** 一段代码及它静态引入的一切。 */
function filesOf(key, seen = new Set(), files = new Set()) {
  if (seen.has(key)) return files;
  seen.add(key);
  const chunk = manifest[key];
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const next of chunk.imports ?? []) filesOf(next, seen, files);
  return files;
}

function total(...keys) {
  const files = new Set(keys.flatMap((key) => [...filesOf(key)]));
  return [...files].reduce((sum, file) => sum + gzip(file), 0);
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const shell = "src/app/Shell.tsx";
const pages = Object.keys(manifest).filter((key) => key.startsWith("src/features/") && manifest[key].isDynamicEntry);
const checks = pages.map((key) => {
  const login = key.endsWith("/LoginPage.tsx");
  const size = login ? total(entry, key) : total(entry, shell, key);
  return { name: key.replace("src/features/", ""), size, limit: (login ? 140 : 240) * KB };
});
// 单块：入口之外，任何一个按需加载的文件
const first = filesOf(entry);
for (const chunk of Object.values(manifest)) {
  if (first.has(chunk.file) || !chunk.file.endsWith(".js")) continue;
  const limit = chunk.src === "src/ui/echarts.ts" ? 190 : 100;
  checks.push({ name: `单块 ${chunk.file.replace("assets/", "")}`, size: gzip(chunk.file), limit: limit * KB });
}

let failed = 0;
for (const { name, size, limit } of checks) {
  const over = size > limit;
  failed += over ? 1 : 0;
  if (over || !name.startsWith("单块")) console.log(`${over ? "超出" : "合格"}  ${(size / KB).toFixed(1).padStart(6)} / ${limit / KB} KB  ${name}`);
}
if (failed > 0) {
  console.error(`体积预算：${failed} 项超出`);
  process.exit(1);
}

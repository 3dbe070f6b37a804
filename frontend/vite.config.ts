import { fileURLToPath } from "node:url";

import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** 以 innerHTML = '' 清空元素的两处，Trusted Types 不许：react-aria 的播报器、ECharts 的画布。 */
const CLEARING = [/\/live-announcer\/LiveAnnouncer\.m?js$/, /\/zrender\/lib\/canvas\/Painter\.js$/];

/** 构建时换成 replaceChildren()；哪一处不再是原来的样子，构建就失败。 */
function clearWithoutHtml(): Plugin {
  const done = new Set<RegExp>();
  return {
    name: "clear-without-html",
    apply: "build",
    transform(code, id) {
      const place = CLEARING.find((each) => each.test(id));
      if (!place) return null;
      const changed = code.replaceAll(/\.innerHTML = (''|"")/g, ".replaceChildren()");
      // 转出播报器的文件也叫这个名字，谁先谁后不定
      if (changed !== code) done.add(place);
      return { code: changed, map: null };
    },
    buildEnd() {
      for (const place of CLEARING) if (!done.has(place)) this.error(`${place.source} 变了样，请核对 clear-without-html`);
    },
  };
}

const api = process.env["TAIZHANG_API"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [{ ...optimizeLocales.vite({ locales: ["zh-CN"] }), enforce: "pre" }, react(), clearWithoutHtml()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "chrome87",
    outDir: "dist",
    manifest: true,
    modulePreload: { polyfill: false },
    // 内联的小文件会变成 data: 地址，字体与脚本的内容安全策略不许
    assetsInlineLimit: 0,
    // 图的一块压缩后约 170 KB，按需加载；体积由 tools/check-size.mjs 把关
    chunkSizeWarningLimit: 600,
  },
  server: { port: 5173, proxy: { "/api": api, "/healthz": api, "^/public(/|$)": api } },
  preview: { port: 4173, proxy: { "/api": api, "/healthz": api, "^/public(/|$)": api } },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: false,
  },
});

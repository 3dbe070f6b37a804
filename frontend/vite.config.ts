import { fileURLToPath } from "node:url";

import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** react-aria 的播报器以 innerHTML = '' 清空，Trusted Types 不许，键入日期时整页出错；构建时换成 replaceChildren()。 */
function clearWithoutHtml(): Plugin {
  let done = false;
  return {
    name: "clear-without-html",
    apply: "build",
    transform(code, id) {
      if (!/LiveAnnouncer\.m?js/.test(id)) return null;
      const changed = code.replaceAll(/\.innerHTML = (''|"")/g, ".replaceChildren()");
      done = changed !== code;
      return { code: changed, map: null };
    },
    buildEnd() {
      if (!done) this.error("react-aria 的播报器变了样，请核对 clear-without-html");
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

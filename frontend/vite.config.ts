import { fileURLToPath } from "node:url";

import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const api = process.env["TAIZHANG_API"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [{ ...optimizeLocales.vite({ locales: ["zh-CN"] }), enforce: "pre" }, react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "chrome87",
    outDir: "dist",
    manifest: true,
    modulePreload: { polyfill: false },
    // 内联的小文件会变成 data: 地址，字体与脚本的内容安全策略不许
    assetsInlineLimit: 0,
  },
  server: { port: 5173, proxy: { "/api": api, "/healthz": api } },
  preview: { port: 4173, proxy: { "/api": api, "/healthz": api } },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: false,
  },
});

import { defineConfig, devices } from "@playwright/test";

const PORT = 8765;

/** 端到端测试在 tests/e2e；浏览器用系统自带的 Chromium，服务是真的演示区，由 tests/e2e/serve.py 起。 */
export default defineConfig({
  testDir: "../tests/e2e",
  outputDir: "../test-results",
  fullyParallel: false,
  workers: 2,
  retries: 0,
  timeout: 150_000,
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox"] },
  },
  webServer: {
    command: `.venv/bin/python -m tests.e2e.serve ${PORT}`,
    cwd: "..",
    url: `http://127.0.0.1:${PORT}/readyz`,
    timeout: 600_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
  },
  projects: [
    { name: "desktop", testIgnore: /phone\.spec/, use: { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 } } },
    { name: "phone", testIgnore: /(annual|month|keeping|import|registers|calendar|kit|yearly)\.spec/, use: { ...devices["Desktop Chrome"], viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
  ],
});

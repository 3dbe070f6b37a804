import "./app/tokens.css";
import "./app/base.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { queryClient } from "./api/query";
import { watchPreferences } from "./app/preferences";
import { session } from "./app/session";
import { refuseHtml } from "./app/trusted";
import { watchWidth } from "./lib/useWidth";
import { router } from "./router";

refuseHtml();
watchPreferences();
watchWidth();

async function start(): Promise<void> {
  await session.restore();
  const root = document.getElementById("root");
  if (!root) throw new Error("页面缺少 #root");
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}

void start();

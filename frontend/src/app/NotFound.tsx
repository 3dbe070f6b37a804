import { useEffect } from "react";

import { LinkButton } from "@/ui/Button";
import { EmptyState } from "@/ui/States";

import { Seal } from "./Seal";
import "./shell.css";

/** 网址不对：说清楚，给回去的路。 */
export function NotFound() {
  useEffect(() => {
    document.title = "没有这个页面 · 政务公开台账";
  }, []);
  return (
    <main className="stray">
      <Seal />
      <h1>没有这个页面</h1>
      <EmptyState
        title="网址可能抄漏了，或者页面已经搬走"
        action={
          <LinkButton to="/" variant="primary">
            回首页
          </LinkButton>
        }
      />
    </main>
  );
}

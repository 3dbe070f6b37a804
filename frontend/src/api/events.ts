/** 实时变更：带令牌读事件流，断了自己重连；一有变动就作废相关查询。 */

import { BASE } from "./client";
import { queryClient } from "./query";
import { accessToken, refreshOnce } from "./token";

export interface ChangeEvent {
  kind: "submission" | "assignment" | "plan" | "notification" | "register_entry" | "annual_report";
  id: string;
  unit_id: string;
  action: string;
}

/** 一类变动牵动哪些查询（键的第一节）。 */
const TOUCHES: Record<string, readonly string[]> = {
  submission: ["submissions", "assignments", "tasks", "board", "home", "report"],
  assignment: ["assignments", "tasks", "board", "home", "report", "indicators"],
  plan: ["plans", "imports", "tasks", "assignments", "board", "home"],
  register_entry: ["registers", "indicators", "assignments"],
  annual_report: ["annual-reports"],
  notification: ["notifications", "home"],
};

export function touch(kind: string): void {
  for (const resource of TOUCHES[kind] ?? []) void queryClient.invalidateQueries({ queryKey: [resource] });
}

export interface StreamMessage {
  event: string;
  data: string;
}

/** 事件流的断句：空行为界，冒号开头是心跳。 */
export function createParser(onMessage: (message: StreamMessage) => void): (chunk: string) => void {
  let rest = "";
  return (chunk) => {
    rest += chunk;
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      let event = "message";
      const data: string[] = [];
      for (const line of block.split(/\r?\n/)) {
        if (line.startsWith("event:")) event = line.slice(6).trim();
        else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
      }
      if (data.length > 0) onMessage({ event, data: data.join("\n") });
    }
  };
}

const WAITS = [1000, 2000, 5000, 10_000, 30_000];

/** 打开事件流，返回关闭它的函数。 */
export function listen(onChange: (event: ChangeEvent) => void): () => void {
  const stop = new AbortController();
  void loop(onChange, stop.signal);
  return () => stop.abort();
}

async function loop(onChange: (event: ChangeEvent) => void, signal: AbortSignal): Promise<void> {
  let failures = 0;
  let first = true;
  while (!signal.aborted) {
    try {
      const ended = await read(onChange, signal, () => {
        failures = 0;
        // 断开期间漏掉的，重连后整体重读
        if (!first) void queryClient.invalidateQueries();
        first = false;
      });
      if (ended === "unauthenticated" && !(await refreshOnce())) return;
    } catch {
      if (signal.aborted) return;
    }
    await new Promise((resolve) => setTimeout(resolve, WAITS[Math.min(failures, WAITS.length - 1)]));
    failures += 1;
  }
}

async function read(onChange: (event: ChangeEvent) => void, signal: AbortSignal, onOpen: () => void): Promise<"unauthenticated" | "closed"> {
  const token = accessToken();
  const response = await fetch(`${BASE}/events`, {
    headers: { Accept: "text/event-stream", ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    credentials: "same-origin",
    signal,
  });
  if (response.status === 401) return "unauthenticated";
  if (!response.ok || !response.body) throw new Error("事件流没有打开");
  onOpen();
  const parse = createParser(({ event, data }) => {
    if (event === "ready") return;
    const change = JSON.parse(data) as ChangeEvent;
    touch(change.kind);
    onChange(change);
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return "closed";
    parse(value);
  }
}

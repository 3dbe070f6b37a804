/** 访问令牌只在内存里；续登录靠浏览器自带的 cookie，同一时刻只发一次。 */

import type { LoginAnswer } from "./types";

let token: string | null = null;
let refreshing: Promise<LoginAnswer | null> | null = null;
let onChange: (answer: LoginAnswer | null) => void = () => {};

export function accessToken(): string | null {
  return token;
}

export function holdToken(value: string | null): void {
  token = value;
}

/** 会话层登记自己，好知道令牌换了或登录失效。 */
export function onTokenChange(listener: (answer: LoginAnswer | null) => void): void {
  onChange = listener;
}

async function askForToken(again = true): Promise<LoginAnswer | null> {
  const response = await fetch("/api/v1/auth/refresh", {
    method: "POST",
    headers: { "X-Requested-With": "spa", Accept: "application/json" },
    credentials: "same-origin",
  });
  // 409：另一个标签页正在换，稍等再问一次
  if (response.status === 409 && again) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return askForToken(false);
  }
  if (!response.ok) return null;
  return (await response.json()) as LoginAnswer;
}

/** 几个标签页共用一个 cookie，换票要排队，否则后到的会被当成盗用。 */
async function queued(): Promise<LoginAnswer | null> {
  if (typeof navigator !== "undefined" && "locks" in navigator) {
    return navigator.locks.request("taizhang-refresh", () => askForToken()) as Promise<LoginAnswer | null>;
  }
  return askForToken();
}

/** 续一次登录；成功返回应答，失效返回 null，断网则抛出由调用者处理。 */
export async function refreshOnce(): Promise<LoginAnswer | null> {
  refreshing ??= (async () => {
    try {
      const answer = await queued();
      token = answer?.access_token ?? null;
      onChange(answer);
      return answer;
    } finally {
      refreshing = null;
    }
  })();
  try {
    return await refreshing;
  } catch {
    return null;
  }
}

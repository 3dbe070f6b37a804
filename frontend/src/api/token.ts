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
  hint(value !== null);
}

const HINT = "taizhang.session";

/** 本机登录过的记号（不是凭据）：没登录过就不必去问。 */
function hint(on: boolean): void {
  try {
    if (on) localStorage.setItem(HINT, "1");
    else localStorage.removeItem(HINT);
  } catch {
    // 存不了就每次都问
  }
}

export function mayHaveSession(): boolean {
  try {
    return localStorage.getItem(HINT) !== null;
  } catch {
    return true;
  }
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
      holdToken(answer?.access_token ?? null);
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

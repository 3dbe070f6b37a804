/** 与后端说话的唯一去处：带令牌、带版本号、续登录、把错误变成 ApiProblem。自己不弹任何话。 */

import { ApiProblem, NetworkFailure, type ProblemBody } from "./problem";
import { accessToken, refreshOnce } from "./token";
import type { Page } from "./types";

export const BASE = "/api/v1";

export type QueryValue = string | number | boolean | null | undefined | readonly string[];

export interface Options {
  query?: Record<string, QueryValue> | undefined;
  body?: unknown;
  form?: FormData | undefined;
  /** 读到的版本号；带上后若他人已改则得 412。 */
  version?: number | undefined;
  /** 同一次新建重试时不重复落库。 */
  once?: string | undefined;
  signal?: AbortSignal | undefined;
  /** 靠 cookie 认人的两处（续登录、退出）须带，防跨站伪造。 */
  spa?: boolean | undefined;
}

export function address(path: string, query: Options["query"] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === "" || value === false) continue;
    if (Array.isArray(value)) for (const item of value as readonly string[]) search.append(name, item);
    else search.set(name, String(value));
  }
  const text = search.toString();
  return `${BASE}${path}${text ? `?${text}` : ""}`;
}

function headersFor(options: Options, token: string | null): Headers {
  const headers = new Headers({ Accept: "application/json" });
  if (token) headers.set("Authorization", `Bearer ${token}`);
  if (options.body !== undefined) headers.set("Content-Type", "application/json");
  if (options.version !== undefined) headers.set("If-Match", `"${options.version}"`);
  if (options.once !== undefined) headers.set("Idempotency-Key", options.once);
  if (options.spa) headers.set("X-Requested-With", "spa");
  return headers;
}

/** 发出一次；401 时续一次登录再发。 */
export async function send(method: string, path: string, options: Options = {}): Promise<Response> {
  const attempt = async (): Promise<Response> => {
    const init: RequestInit = { method, headers: headersFor(options, accessToken()), credentials: "same-origin" };
    if (options.form !== undefined) init.body = options.form;
    else if (options.body !== undefined) init.body = JSON.stringify(options.body);
    if (options.signal) init.signal = options.signal;
    try {
      return await fetch(address(path, options.query), init);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new NetworkFailure();
    }
  };
  let response = await attempt();
  if (response.status === 401 && !path.startsWith("/auth/login") && !path.startsWith("/auth/refresh")) {
    if (await refreshOnce()) response = await attempt();
  }
  if (!response.ok) throw await problemFrom(response);
  return response;
}

async function problemFrom(response: Response): Promise<ApiProblem> {
  const fallback: ProblemBody = {
    code: `http-${response.status}`,
    title: "请求没有成功",
    status: response.status,
    detail: response.status >= 500 ? "服务器出了差错，请稍后再试" : "请求没有成功，请稍后再试",
  };
  try {
    const body = (await response.json()) as Partial<ProblemBody>;
    return new ApiProblem({ ...fallback, ...body, status: response.status });
  } catch {
    return new ApiProblem(fallback);
  }
}

async function json<T>(response: Response): Promise<T> {
  if (response.status === 204 || response.headers.get("Content-Length") === "0") return undefined as T;
  return (await response.json()) as T;
}

async function call<T>(method: string, path: string, options?: Options): Promise<T> {
  return json<T>(await send(method, path, options));
}

export const api = {
  get: <T>(path: string, query?: Options["query"], signal?: AbortSignal) => call<T>("GET", path, { query, signal }),
  post: <T>(path: string, body?: unknown, options: Omit<Options, "body"> = {}) =>
    call<T>("POST", path, { ...options, body: options.form ? undefined : (body ?? undefined) }),
  patch: <T>(path: string, body: unknown, version: number | undefined, options: Omit<Options, "body" | "version"> = {}) =>
    call<T>("PATCH", path, { ...options, body, version }),
  put: <T>(path: string, body: unknown, version: number) => call<T>("PUT", path, { body, version }),
  delete: <T>(path: string, version: number) => call<T>("DELETE", path, { version }),
  /** 删去没有版本号的小东西。 */
  drop: (path: string) => call<undefined>("DELETE", path),
  upload: <T>(path: string, form: FormData, options: Omit<Options, "form"> = {}) =>
    call<T>("POST", path, { ...options, form }),
};

/** 一张列表逐页取完。只用于一份分解表、一张名册这样有限的东西。 */
export async function every<T>(path: string, query?: Options["query"], signal?: AbortSignal): Promise<T[]> {
  const items: T[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await api.get<Page<T>>(path, { ...query, page, size: 100 }, signal);
    items.push(...answer.items);
    if (items.length >= answer.total || answer.items.length === 0) return items;
  }
}

/** 上传并报进度：送出的比例 0 到 1；送完即 1，此后是服务器在读。只有 XMLHttpRequest 报得出送了多少。 */
export async function uploadWatched<T>(path: string, form: FormData, once: string, onProgress: (sent: number) => void): Promise<T> {
  const attempt = () =>
    new Promise<Response>((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", address(path));
      headersFor({ once }, accessToken()).forEach((value, name) => request.setRequestHeader(name, value));
      request.upload.addEventListener("progress", (event) => onProgress(event.total > 0 ? event.loaded / event.total : 0));
      request.upload.addEventListener("load", () => onProgress(1));
      request.addEventListener("error", () => reject(new NetworkFailure()));
      request.addEventListener("load", () => resolve(new Response(request.responseText, { status: request.status })));
      request.send(form);
    });
  let response = await attempt();
  if (response.status === 401 && (await refreshOnce())) response = await attempt();
  if (!response.ok) throw await problemFrom(response);
  return json<T>(response);
}

/** 带令牌下载：先取回再交给浏览器保存。 */
export async function download(path: string, fallbackName: string, query?: Options["query"]): Promise<void> {
  const response = await send("GET", path, { query });
  const blob = await response.blob();
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = fileNameOf(response.headers.get("Content-Disposition")) ?? fallbackName;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export function fileNameOf(disposition: string | null): string | null {
  if (!disposition) return null;
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (encoded) {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return null;
    }
  }
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? null;
}

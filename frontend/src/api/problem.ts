/** 错误应答（RFC 9457）：页面据 code 分支，据 errors[].pointer 找到字段。 */

export interface FieldFault {
  pointer: string;
  code: string;
  detail: string;
}

export interface ProblemBody {
  type?: string;
  code: string;
  title: string;
  status: number;
  detail: string;
  instance?: string;
  request_id?: string;
  errors?: FieldFault[];
  [extra: string]: unknown;
}

/** 服务器说“不”。 */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: FieldFault[];
  readonly requestId: string;
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(body.detail || body.title);
    this.name = "ApiProblem";
    this.status = body.status;
    this.code = body.code;
    this.title = body.title;
    this.detail = body.detail;
    this.errors = body.errors ?? [];
    this.requestId = body.request_id ?? "";
    this.body = body;
  }

  /** 412 时服务器附上的现状。 */
  current<T>(): T | undefined {
    return this.body["current"] as T | undefined;
  }
}

/** 没连上服务器，不知道对方收到没有。 */
export class NetworkFailure extends Error {
  constructor() {
    super("连不上服务器，请检查网络后重试");
    this.name = "NetworkFailure";
  }
}

export function isProblem(error: unknown, code?: string): error is ApiProblem {
  return error instanceof ApiProblem && (code === undefined || error.code === code);
}

/** `#/rows/3/content` → `rows.3.content`；查询参数 `query:year` → `year`。 */
export function fieldOf(pointer: string): string {
  const path = pointer.startsWith("#/") ? pointer.slice(2) : pointer.replace(/^[a-z]+:/, "");
  return path
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".");
}

/** 各字段的第一条错误；找不着字段的并入 `rest`，由页面整体说明。 */
export function fieldErrors(
  error: unknown,
  known: readonly string[],
): { fields: Record<string, string>; rest: string[]; first: string | null } {
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  if (!(error instanceof ApiProblem)) return { fields, rest, first: null };
  for (const fault of error.errors) {
    const path = fieldOf(fault.pointer);
    const name = known.find((field) => path === field || path.startsWith(`${field}.`));
    if (name === undefined) rest.push(fault.detail);
    else fields[name] ??= fault.detail;
  }
  return { fields, rest, first: known.find((name) => name in fields) ?? null };
}

/** 给人看的一句话。 */
export function wordsOf(error: unknown): string {
  if (error instanceof ApiProblem) return error.detail || error.title;
  if (error instanceof NetworkFailure) return error.message;
  return "页面出了差错，请刷新后再试";
}

/** 保管正在写的填报：停手即存、断网留底、他人先存则合并。不依赖 React，便于测试。 */

import { ApiProblem, NetworkFailure } from "@/api/problem";
import type { Submission } from "@/api/types";

import { adopt, draftOf, mergeDrafts, patchOf, type Clash, type Draft, type DraftPatch } from "./draft";
import { forget, keep, recall } from "./stash";

export type SaveStatus =
  | { kind: "clean" }
  | { kind: "dirty" }
  | { kind: "saving" }
  | { kind: "saved"; at: Date }
  | { kind: "offline"; kept: boolean }
  | { kind: "failed"; error: unknown }
  | { kind: "clash"; clashes: Clash[]; theirs: Submission };

export interface Kept {
  draft: Draft;
  status: SaveStatus;
  server: Submission;
  /** 打开时接上了上次没送到的内容。 */
  restored: boolean;
}

export interface KeeperOptions {
  user: string;
  send: (patch: DraftPatch, version: number) => Promise<Submission>;
  dutyText?: (id: string) => string;
  delay?: number;
  retryDelay?: number;
}

export class Keeper {
  private base: Draft;
  private now: Kept;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;
  private readonly options: KeeperOptions;
  private readonly listeners = new Set<() => void>();

  constructor(submission: Submission, options: KeeperOptions) {
    this.options = options;
    this.base = draftOf(submission);
    this.now = { draft: this.base, status: { kind: "clean" }, server: submission, restored: false };
    this.restore(submission);
  }

  get = (): Kept => this.now;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  edit(change: (draft: Draft) => Draft): void {
    const draft = change(this.now.draft);
    const blocked = this.now.status.kind === "clash";
    this.set({ draft, status: blocked ? this.now.status : { kind: "dirty" } });
    this.stash();
    if (!blocked) this.schedule(this.options.delay ?? 1500);
  }

  /** 马上存。全部送达则为真。 */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (this.now.status.kind !== "clash" && patchOf(this.base, this.now.draft) !== null) {
      this.running = this.save();
      await this.running;
    } else if (this.now.status.kind === "dirty") {
      this.settle();
    }
    return patchOf(this.base, this.now.draft) === null;
  }

  /** 服务器上的新版本到了（实时变更、重新载入）。 */
  receive(submission: Submission): void {
    if (submission.version <= this.now.server.version || this.running) return;
    if (patchOf(this.base, this.now.draft) === null) {
      this.base = draftOf(submission);
      this.set({ server: submission, draft: this.base });
    } else {
      this.combine(submission);
    }
  }

  /** 两个版本都看过了：`keys` 这几处用他的，其余用我的。 */
  resolve(keys: readonly string[]): void {
    if (this.now.status.kind !== "clash") return;
    const { theirs } = this.now.status;
    const others = draftOf(theirs);
    this.base = others;
    this.set({ draft: adopt(this.now.draft, others, keys), server: theirs, status: { kind: "dirty" } });
    this.schedule(0);
  }

  /** 离开页面：没送的马上送，不再等。 */
  dispose(): void {
    void this.flush();
  }

  /** 合并下来与服务器上的一样，没有要送的。 */
  private settle(): void {
    forget(this.options.user, this.now.server.id);
    this.set({ status: { kind: "saved", at: new Date() } });
  }

  private set(change: Partial<Kept>): void {
    this.now = { ...this.now, ...change };
    for (const listener of this.listeners) listener();
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), delay);
  }

  private stash(): boolean {
    const { server, draft } = this.now;
    return keep(this.options.user, server.id, { version: server.version, base: this.base, draft, at: new Date().toISOString() });
  }

  private restore(submission: Submission): void {
    const stash = recall(this.options.user, submission.id);
    if (!stash) return;
    if (patchOf(stash.base, stash.draft) === null || !submission.actions.includes("edit")) {
      if (submission.actions.includes("edit")) forget(this.options.user, submission.id);
      return;
    }
    this.base = stash.base;
    this.now = { ...this.now, draft: stash.draft, restored: true };
    this.combine(submission);
  }

  private combine(theirs: Submission): void {
    const others = draftOf(theirs);
    const { draft, clashes } = mergeDrafts(this.base, this.now.draft, others, this.options.dutyText ?? (() => "一条要求"));
    if (clashes.length > 0) {
      this.set({ draft, status: { kind: "clash", clashes, theirs } });
      return;
    }
    this.base = others;
    this.set({ draft, server: theirs, status: { kind: "dirty" } });
    this.schedule(0);
  }

  private async save(): Promise<void> {
    const sent = this.now.draft;
    const patch = patchOf(this.base, sent);
    if (patch === null) {
      this.running = null;
      return;
    }
    this.set({ status: { kind: "saving" } });
    try {
      const server = await this.options.send(patch, this.now.server.version);
      this.base = sent;
      this.running = null;
      if (this.now.draft === sent) {
        forget(this.options.user, server.id);
        this.set({ server, status: { kind: "saved", at: new Date() } });
      } else {
        this.set({ server, status: { kind: "dirty" } });
        this.stash();
        this.schedule(this.options.delay ?? 1500);
      }
    } catch (error) {
      this.running = null;
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    const kept = this.stash();
    if (error instanceof NetworkFailure) {
      this.set({ status: { kind: "offline", kept } });
      this.schedule(this.options.retryDelay ?? 8000);
      return;
    }
    const theirs = error instanceof ApiProblem && error.status === 412 ? error.current<Submission>() : undefined;
    if (theirs?.actions.includes("edit")) this.combine(theirs);
    else this.set({ status: { kind: "failed", error } });
  }
}

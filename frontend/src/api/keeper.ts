/** 保管正在写的草稿：停手即存、断网留底、他人先存则合并。不依赖 React，便于测试；草稿是什么样由 Shape 说。 */

import { forget, keep, recall } from "@/lib/stash";

import { ApiProblem, NetworkFailure } from "./problem";

/** 服务器上的一份，有版本，说得出还能不能改。 */
export interface Versioned {
  id: string;
  version: number;
  actions: readonly string[];
}

/** 两人都改了的一处。 */
export interface Clash {
  key: string;
  label: string;
  mine: string;
  theirs: string;
}

/** 一种草稿：从服务器上的一份来，与它差在哪里，怎么同他人的合。 */
export interface Shape<Server extends Versioned, Draft, Patch> {
  draftOf: (server: Server) => Draft;
  /** 只送改了的；没改返回 null。 */
  patchOf: (base: Draft, draft: Draft) => Patch | null;
  /** 只有一边改过的取改过的；两边都改且不同的，先留我的，列出来让人选。 */
  merge: (base: Draft, mine: Draft, theirs: Draft) => { draft: Draft; clashes: Clash[] };
  /** 人选了“用他的”，把那几处换过来。 */
  adopt: (draft: Draft, theirs: Draft, keys: readonly string[]) => Draft;
  /** 本机留底还是这个样子。 */
  sound: (draft: Draft) => boolean;
}

export type SaveStatus<Server> =
  | { kind: "clean" }
  | { kind: "dirty" }
  | { kind: "saving" }
  | { kind: "saved"; at: Date }
  | { kind: "offline"; kept: boolean }
  | { kind: "failed"; error: unknown }
  | { kind: "clash"; clashes: Clash[]; theirs: Server };

export interface Kept<Server, Draft> {
  draft: Draft;
  status: SaveStatus<Server>;
  server: Server;
  /** 打开时接上了上次没送到的内容。 */
  restored: boolean;
}

export interface KeeperOptions<Server, Patch> {
  user: string;
  send: (patch: Patch, version: number) => Promise<Server>;
  delay?: number;
  retryDelay?: number;
}

export class Keeper<Server extends Versioned, Draft, Patch> {
  private base: Draft;
  private now: Kept<Server, Draft>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;
  private readonly shape: Shape<Server, Draft, Patch>;
  private readonly options: KeeperOptions<Server, Patch>;
  private readonly listeners = new Set<() => void>();

  constructor(server: Server, shape: Shape<Server, Draft, Patch>, options: KeeperOptions<Server, Patch>) {
    this.shape = shape;
    this.options = options;
    this.base = shape.draftOf(server);
    this.now = { draft: this.base, status: { kind: "clean" }, server, restored: false };
    this.restore(server);
  }

  get = (): Kept<Server, Draft> => this.now;

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
    if (this.now.status.kind !== "clash" && this.shape.patchOf(this.base, this.now.draft) !== null) {
      this.running = this.save();
      await this.running;
    } else if (this.now.status.kind === "dirty") {
      this.settle();
    }
    return this.shape.patchOf(this.base, this.now.draft) === null;
  }

  /** 服务器上的新版本到了（实时变更、重新载入）。 */
  receive(server: Server): void {
    if (server.version <= this.now.server.version || this.running) return;
    if (this.shape.patchOf(this.base, this.now.draft) === null) {
      this.base = this.shape.draftOf(server);
      this.set({ server, draft: this.base });
    } else {
      this.combine(server);
    }
  }

  /** 两个版本都看过了：`keys` 这几处用他的，其余用我的。 */
  resolve(keys: readonly string[]): void {
    if (this.now.status.kind !== "clash") return;
    const { theirs } = this.now.status;
    const others = this.shape.draftOf(theirs);
    this.base = others;
    this.set({ draft: this.shape.adopt(this.now.draft, others, keys), server: theirs, status: { kind: "dirty" } });
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

  private set(change: Partial<Kept<Server, Draft>>): void {
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

  private restore(server: Server): void {
    const stash = recall<Draft>(this.options.user, server.id, this.shape.sound);
    if (!stash) return;
    if (this.shape.patchOf(stash.base, stash.draft) === null || !server.actions.includes("edit")) {
      if (server.actions.includes("edit")) forget(this.options.user, server.id);
      return;
    }
    this.base = stash.base;
    this.now = { ...this.now, draft: stash.draft, restored: true };
    this.combine(server);
  }

  private combine(theirs: Server): void {
    const others = this.shape.draftOf(theirs);
    const { draft, clashes } = this.shape.merge(this.base, this.now.draft, others);
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
    const patch = this.shape.patchOf(this.base, sent);
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
    const theirs = error instanceof ApiProblem && error.status === 412 ? error.current<Server>() : undefined;
    if (theirs?.actions.includes("edit")) this.combine(theirs);
    else this.set({ status: { kind: "failed", error } });
  }
}

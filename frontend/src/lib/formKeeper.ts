/** 一份边写边留底的表单：停手即留，关页即留，送达即清。不依赖 React，便于测试。 */

import type { Shelf } from "./stash";

/** 留底里的一份：写的内容与何时留的。 */
export interface KeptForm<Form> {
  form: Form;
  at: string;
}

export interface FormState<Form> {
  form: Form;
  /** 打开时接上了这个时候留的底。 */
  restoredAt: Date | null;
  /** 最近一次留底的时间；存不了则是 "failed"。 */
  kept: Date | "failed" | null;
  /** 写过而没有送。 */
  changed: boolean;
}

export interface FormKeeperOptions<Form> {
  shelf: Shelf<KeptForm<Form>>;
  user: string;
  id: string;
  /** 没有留底时从这里开始。 */
  first: Form;
  /** 去掉不该留的（个人信息）再留。 */
  fit: (form: Form) => Form;
  delay?: number;
}

export class FormKeeper<Form> {
  private now: FormState<Form>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly options: FormKeeperOptions<Form>;
  private readonly listeners = new Set<() => void>();

  constructor(options: FormKeeperOptions<Form>) {
    this.options = options;
    const found = options.shelf.recall(options.user, options.id);
    this.now = { form: found?.form ?? options.first, restoredAt: found ? new Date(found.at) : null, kept: null, changed: found !== null };
  }

  get = (): FormState<Form> => this.now;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  change = (change: (form: Form) => Form): void => {
    this.set({ form: change(this.now.form), changed: true });
    clearTimeout(this.timer);
    this.timer = setTimeout(this.flush, this.options.delay ?? 500);
  };

  /** 有没留的，马上留。 */
  flush = (): void => {
    if (this.timer === undefined) return;
    this.stop();
    const { shelf, user, id, fit } = this.options;
    const at = new Date();
    this.set({ kept: shelf.keep(user, id, { form: fit(this.now.form), at: at.toISOString() }) ? at : "failed" });
  };

  /** 送达了：清掉。 */
  done = (): void => {
    this.stop();
    this.options.shelf.forget(this.options.user, this.options.id);
    this.set({ changed: false });
  };

  /** 不要留底里的，从头来。 */
  restart = (): void => {
    this.done();
    this.set({ form: this.options.first, restoredAt: null, kept: null });
  };

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private set(change: Partial<FormState<Form>>): void {
    this.now = { ...this.now, ...change };
    for (const listener of this.listeners) listener();
  }
}

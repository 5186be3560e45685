import { afterFunc, cause, type Context, withCancel } from '@gosync/context';
import { type Group, withContext } from '@gosync/errgroup';
import type { Audit } from './audit.ts';
import type { Cache } from './cache.ts';
import type { FanOut } from './fan-out.ts';
import type { Loader } from './loader.ts';
import { type Plan, size, type Task } from './plan.ts';
import type { Units } from './units.ts';

/** What all requests share. */
export interface Services {
  readonly audit: Audit;
  readonly units: Units;
  readonly loader: Loader;
  readonly cache: Cache;
  readonly fanOut: FanOut;
  readonly pause: () => Promise<void>;
}

/** One request: a group of tasks under a context of its own. */
export class Request {
  readonly #services: Services;
  readonly #plan: Plan;
  readonly #parent: Context;
  readonly #group: Group;
  readonly #ctx: Context;
  #running = 0;
  /** Tasks that were handed over and have not ended. */
  #left = 0;
  #first: { readonly error: unknown } | undefined;

  constructor(services: Services, plan: Plan, ctx: Context) {
    this.#services = services;
    this.#plan = plan;
    this.#parent = ctx;
    [this.#group, this.#ctx] = withContext(ctx);
    if (plan.limit > 0) this.#group.setLimit(plan.limit);
  }

  /** Does all tasks and resolves when the group has ended. */
  async serve(): Promise<void> {
    const { audit } = this.#services;
    for (const task of this.#plan.tasks) this.#go(task);
    if (this.#plan.disposes) await this.#group[Symbol.asyncDispose]();
    const outcome = await this.#group.wait().then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    audit.expect('wait settles when no task of the group is left', this.#left === 0, this.#left);
    audit.expect(
      'wait settles as the first error says',
      outcome?.error === this.#first?.error && !outcome === !this.#first,
      outcome?.error,
    );
    const { err } = this.#ctx;
    audit.expect('a group that has been waited for has a context that is done', err !== undefined);
    const reason = cause(this.#ctx);
    audit.expect(
      'the cause of a group is its first error, unless its parent ended first',
      // One that is disposed of is canceled, whatever happens then.
      reason === (this.#first ? this.#first.error : err) ||
        reason === cause(this.#parent) ||
        this.#plan.disposes,
      reason,
    );
  }

  #go(task: Task, how: 'go' | 'tryGo' = 'go'): void {
    const f = (ctx: Context): Promise<void> => this.#run(task, ctx);
    this.#left++;
    if (how === 'go') void this.#group.go(f);
    else if (!this.#group.tryGo(f)) this.#left--;
  }

  async #run(task: Task, ctx: Context): Promise<void> {
    const { audit } = this.#services;
    const { limit } = this.#plan;
    this.#running++;
    const before = this.#ctx.err;
    const { err } = ctx;
    audit.expect(
      'a task of a group gets a live context of its own, or one that ended with the group’s',
      // The deadline may pass between one look and the next.
      ctx !== this.#ctx && (err === before || err === this.#ctx.err),
      String(err),
    );
    audit.expect(
      'a group never runs more tasks than its limit',
      limit === 0 || this.#running <= limit,
      this.#running,
    );
    try {
      await this.#work(task, ctx);
    } catch (error) {
      this.#first ??= { error };
      throw error;
    } finally {
      this.#running--;
      this.#left--;
    }
  }

  async #work(task: Task, ctx: Context): Promise<void> {
    const { units, loader, cache, fanOut, pause } = this.#services;
    const unwatch = this.#watch(ctx);
    const isCanceled = this.#plan.cancelAfter !== undefined;
    const weight = isCanceled ? task.weight : Math.min(task.weight, size);
    try {
      await units.use(ctx, { ...task, weight }, async () => {
        for (let i = 0; i < task.pauses; i++) await pause();
        await cache.visit(task);
        if (task.spawns !== 'no') this.#go({ ...task, spawns: 'no' }, task.spawns);
        await fanOut.run(ctx, task);
        await loader.load(ctx, task);
      });
    } finally {
      unwatch();
    }
  }

  /** Hangs a callback on `ctx`, and looks at what becomes of it until the result is called. */
  #watch(ctx: Context): () => void {
    const { audit } = this.#services;
    const [child, cancel] = withCancel(ctx);
    let runs = 0;
    let prevented = false;
    const stop = afterFunc(ctx, () => {
      runs++;
      audit.expect(
        'a callback runs when its context is done, its signal too',
        ctx.err !== undefined && ctx.signal.aborted,
      );
      audit.expect(
        'what is derived from a context is done when a callback of it runs',
        child.err !== undefined && child.signal.aborted,
      );
      audit.expect(
        'a callback runs once, and never after stop has returned true',
        runs === 1 && !prevented,
      );
    });
    return () => {
      prevented = stop();
      audit.expect(
        'stop returns true if and only if the callback has not run',
        prevented === (runs === 0),
      );
      cancel();
    };
  }
}

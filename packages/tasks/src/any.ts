import {
  afterFunc,
  type CancelFunc,
  cause,
  type Context,
  type ContextLike,
  withCancel,
  withTimeout,
} from '@gosync/context';
import { type Group, withContext } from '@gosync/errgroup';
import type { Weighted } from '@gosync/semaphore';
import { checkOptions, checkStagger, checkWeight, parentOf } from './check.ts';
import { listTasks, type Result, type TaskRecord, type Tasks, type TaskTuple } from './shape.ts';
import type { Options, Task } from './task.ts';

/** The options of {@link any}. */
export interface AnyOptions extends Options {
  /**
   * Milliseconds, not negative: a task begins when the one before it has failed, or when this has passed since that
   * one began. Left out: all begin at once.
   */
  readonly stagger?: number | undefined;
}

/** Tasks of which one is to succeed. */
class Race {
  // Invariants:
  // - the context is live until a task has succeeded, unless the caller's has ended
  // - `errors` has a place for each task that has failed, in the order of the tasks
  readonly #ctx: Context;
  readonly #cancel: CancelFunc;
  readonly #group: Group;
  readonly #tasks: readonly Task<unknown>[];
  readonly #semaphore: Weighted | undefined;
  readonly #stagger: number | undefined;
  readonly #errors: unknown[] = [];
  #success: { readonly value: unknown } | undefined;
  /** Whether a task failed, or did not begin, after the context had ended. */
  #isInterrupted = false;

  constructor(parent: Context, tasks: readonly Task<unknown>[], options: AnyOptions) {
    [this.#ctx, this.#cancel] = withCancel(parent);
    [this.#group] = withContext(this.#ctx);
    this.#tasks = tasks;
    this.#semaphore = options.semaphore;
    this.#stagger = options.stagger;
    if (options.limit !== undefined) this.#group.setLimit(options.limit);
  }

  async result(): Promise<unknown> {
    const atOnce = this.#stagger === undefined ? this.#tasks.length : 1;
    for (let i = 0; i < atOnce; i++) this.#begin(i);
    // Does not reject: what tasks throw is kept here.
    await this.#group.wait();
    this.#cancel();
    if (this.#success) return this.#success.value;
    if (this.#isInterrupted) throw cause(this.#ctx);
    const { length } = this.#tasks;
    throw new AggregateError(this.#errors, `tasks: no task succeeded: 0 of ${length}`);
  }

  #begin(i: number): void {
    const task = this.#tasks[i];
    if (!task) return;
    void this.#group.go((ctx) => this.#run(i, () => task(ctx)));
  }

  async #run(i: number, task: () => unknown): Promise<void> {
    let beginNext: CancelFunc | undefined;
    const start = (): unknown => {
      // It may have ended while this was in a queue.
      if (this.#ctx.err) throw cause(this.#ctx);
      beginNext = this.#schedule(i + 1);
      return task();
    };
    try {
      const value = await (this.#semaphore ? this.#semaphore.run(this.#ctx, start) : start());
      this.#success ??= { value };
      this.#cancel();
    } catch (error) {
      this.#errors[i] = error;
      this.#isInterrupted ||= this.#ctx.err !== undefined;
      // A thousand tasks that throw at once would go as deep into the stack.
      await Promise.resolve();
      beginNext?.();
    }
  }

  /** Sees to it that task `i` begins after a while, or when the returned function is called. */
  #schedule(i: number): CancelFunc | undefined {
    if (this.#stagger === undefined) return undefined;
    const [timer, beginNow] = withTimeout(this.#ctx, this.#stagger);
    afterFunc(timer, () => this.#begin(i));
    return beginNow;
  }
}

/**
 * Runs tasks until one has succeeded, and returns its result. The context of the others ends, and the call resolves
 * when they have ended. When all have failed, it rejects with an `AggregateError` of what they threw, in the order of
 * the tasks.
 *
 * With `stagger` it makes hedged requests: the next task begins when the one before has failed, or is slow.
 *
 * **Cancellation**: under a context that is done nothing begins. When `ctx` ends meanwhile, so do the contexts of the
 * tasks, and nothing further begins; unless one succeeds all the same, the call rejects with `cause(ctx)`.
 *
 * @param ctx - Bounds the work; `undefined` for none.
 * @param tasks - As for {@link all}. None is an `AggregateError` of nothing.
 * @param options - `limit` and `semaphore` bound how many run at once, `stagger` when they begin. It rejects with a
 * RangeError when `stagger` is not a number of milliseconds.
 *
 * @example The first of two mirrors
 * ```ts
 * import { setTimeout as sleep } from 'node:timers/promises';
 * import { any } from '@gosync/tasks';
 *
 * const page = await any(undefined, [
 *   (ctx) => sleep(60_000, undefined, { signal: ctx.signal }).then(() => 'from far away'),
 *   async () => 'from nearby',
 * ]);
 * page; // => 'from nearby'
 * ```
 *
 * @see Go: none; RFC 8305 has the staggered form.
 */
export function any<const T extends TaskTuple>(
  ctx: ContextLike | undefined,
  tasks: T,
  options?: AnyOptions,
): Promise<Result<T[number]>>;
export function any<T>(
  ctx: ContextLike | undefined,
  tasks: Iterable<Task<T>>,
  options?: AnyOptions,
): Promise<T>;
export function any<const T extends TaskRecord<T>>(
  ctx: ContextLike | undefined,
  tasks: T,
  options?: AnyOptions,
): Promise<Result<T[keyof T]>>;
export async function any(
  ctx: ContextLike | undefined,
  tasks: Tasks,
  options: AnyOptions = {},
): Promise<unknown> {
  checkOptions(options);
  checkStagger(options.stagger);
  const { list } = listTasks(tasks);
  const parent = parentOf(ctx);
  if (parent.err) throw cause(parent);
  if (options.semaphore && list.length > 0) checkWeight(1, options.semaphore, 0);
  return new Race(parent, list, options).result();
}

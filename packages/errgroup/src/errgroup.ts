import {
  background,
  type CancelCauseFunc,
  type Context,
  type ContextLike,
  withCancelCause,
} from '@gosync/context';
import { taskContexts } from '@gosync/context/internal';
import { Weighted } from '@gosync/semaphore';
import { inspectable } from './inspect.ts';
import { checkLimit, limitInUse, limitZero, misuse } from './misuse.ts';
import { promiseOf, react, started } from './promise.ts';

/** Makes a group with a context of its own. Set by the class, whose fields nobody else can reach. */
let newGroup: (ctx: Context, cancel: CancelCauseFunc) => Group;

/**
 * Tasks that do one job. The first error cancels the group's context, and {@link Group.wait} rejects with that error
 * when all tasks have ended.
 *
 * Each task receives a context of its own, derived from the group's, which ends with the task; so its listeners, timers
 * and waits end with the task too. The failure of a task does not kill the others: their contexts are canceled, and
 * they have to end by themselves. A throw or rejection with any value is an error, `undefined` too. Tasks never cause
 * an unhandled rejection.
 *
 * `new Group()` has no context to cancel; {@link withContext} makes a group that has one. A task may add more tasks.
 * A task that awaits `wait` of its own group, or `go` at the limit, waits for itself.
 *
 * @example
 * ```ts
 * import { Group } from '@gosync/errgroup';
 *
 * const sizes: number[] = [];
 * const group = new Group();
 * group.setLimit(2);
 * for (const word of ['go', 'sync', 'group']) await group.go(async () => sizes.push(word.length));
 * await group.wait();
 * sizes; // => [2, 4, 5]
 * ```
 *
 * @see Go: https://github.com/golang/sync/blob/ec11c4a/errgroup/errgroup.go#L25
 */
export class Group {
  // Invariants:
  // - active is the number of tasks that were handed over and have not ended, queued tasks included
  // - every running task holds a unit of the limit
  // - waiting is present only while active > 0
  #contexts = taskContexts(background());
  /** Cancels the group's context. Absent for a group without a context of its own. */
  #cancel: CancelCauseFunc | undefined;
  #active = 0;
  /** How many active tasks have not begun. While there are any, no other task takes a unit of the limit. */
  #queued = 0;
  #limit: Weighted | undefined;
  /** The first error, boxed: it may be `undefined`. */
  #failure: { readonly error: unknown } | undefined;
  /** What `wait` returned while tasks were active, and what settles it. */
  #waiting: Promise<void> | undefined;
  #settle: (() => void) | undefined;

  // Made once for all tasks: a task costs one promise beyond its own.
  readonly #succeeded = (): void => this.#end();
  readonly #failed = (error: unknown): void => {
    this.#fail(error);
    this.#end();
  };

  static {
    newGroup = (ctx, cancel) => {
      // Not by its name: bundlers rename a class that refers to itself.
      const group = new this();
      group.#contexts = taskContexts(ctx);
      group.#cancel = cancel;
      return group;
    };
    const asyncDispose: symbol = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');
    Object.defineProperty(this.prototype, asyncDispose, {
      value(this: Group): Promise<void> {
        this.#cancel?.();
        return this.wait().catch(() => {});
      },
    });
    inspectable<Group>(this.prototype, 'Group', (group) => {
      const running = group.#active - group.#queued;
      return { running, queued: group.#queued, limit: group.#limit?.size, ...group.#failure };
    });
  }

  /**
   * Cancels the group's context and waits until all tasks have ended. Never rejects. For `await using`, which
   * makes sure that no task outlives the block. It does not report the error: `wait` does.
   */
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;

  /**
   * Adds a task. Without a limit, or with room, `f` is called synchronously. At the limit `f` is queued and
   * called in its turn, in the async context of the caller of `go`.
   *
   * Awaiting `go` is back-pressure: the producer is no faster than the tasks. Without the `await`, the queue may become
   * as long as it likes. {@link Group.wait} waits for queued tasks either way.
   *
   * **Cancellation**: a task that is queued when an error occurs is still called; it can ask `ctx.err` and return.
   *
   * @param f - The task, usually async. Receives its own context: a child of the group's, or of the background context
   * if the group has none. It ends when `f` has ended. If `f` returns an iterator, as an async generator function does,
   * the task fails: no code would iterate over it.
   * @returns A promise that resolves when `f` has been called; typed as a `PromiseLike`, so that lint rules accept a
   * call without `await`. It rejects with a TypeError when `f` is not a function, and with an Error when the limit is
   * zero; then `f` is not, and will not be, called.
   *
   * @example The producer waits for room
   * ```ts
   * import { Group } from '@gosync/errgroup';
   *
   * const group = new Group();
   * group.setLimit(1);
   * const log: string[] = [];
   * for (const name of ['a', 'b']) {
   *   await group.go(async () => log.push(`${name} begins`));
   * }
   * await group.wait();
   * log; // => ['a begins', 'b begins']
   * ```
   *
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/errgroup/errgroup.go#L72; differs: with a limit of
   * zero, rejects where Go would block for ever; each task has its own context.
   */
  go(f: (ctx: Context) => unknown): PromiseLike<void> {
    if (typeof f !== 'function') return Promise.reject(misuse('task is not a function', f));
    const limit = this.#limit;
    const room = limit === undefined || this.#tryAcquire(limit);
    if (!room && limit.size === 0) return Promise.reject(limitZero());
    this.#active++;
    if (!room) {
      this.#queued++;
      // The queue is the semaphore's. When the unit is granted the context may be done; f runs all the same.
      return limit.acquire().then(() => this.#startQueued(f));
    }
    this.#start(f);
    return started;
  }

  /**
   * Calls `f` now if the limit allows, as {@link Group.go} does, and returns whether it did. It never overtakes
   * a queued task.
   *
   * @throws TypeError when `f` is not a function.
   *
   * @example
   * ```ts
   * import { Group } from '@gosync/errgroup';
   *
   * const group = new Group();
   * group.setLimit(1);
   * group.tryGo(() => Promise.resolve()); // => true
   * group.tryGo(() => Promise.resolve()); // => false
   * await group.wait();
   * ```
   *
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/errgroup/errgroup.go#L108
   */
  tryGo(f: (ctx: Context) => unknown): boolean {
    if (typeof f !== 'function') throw misuse('task is not a function', f);
    if (this.#limit && !this.#tryAcquire(this.#limit)) return false;
    this.#active++;
    this.#start(f);
    return true;
  }

  /**
   * Bounds how many tasks run at once.
   *
   * @param n - A safe integer: negative is no limit, zero lets nothing start.
   * @throws RangeError when `n` is not a safe integer.
   * @throws Error while tasks are running or queued, whatever the limits: their number is in the message.
   *
   * @example Too late
   * ```ts
   * import { Group } from '@gosync/errgroup';
   *
   * const group = new Group();
   * group.go(() => Promise.resolve());
   * try {
   *   group.setLimit(1);
   * } catch (err) {
   *   console.log(String(err));
   * }
   * // Output: Error: errgroup: modify limit while 1 goroutines in the group are still active
   * await group.wait();
   * ```
   *
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/errgroup/errgroup.go#L142; differs: Go does not notice
   * when a limit is lifted, or first set, while tasks run.
   */
  setLimit(n: number): void {
    checkLimit(n);
    if (this.#active > 0) {
      // As in Go, running tasks are counted, a task that was granted its unit among them; what is queued there is a
      // blocked caller.
      const { size, available } = this.#limit ?? { size: this.#active, available: 0 };
      throw limitInUse(size - available);
    }
    this.#limit = n < 0 ? undefined : new Weighted(n);
  }

  /**
   * Waits until every task has ended: running, queued, and added by tasks meanwhile. Then the group's context is
   * canceled.
   *
   * @returns A promise that rejects with the first error by time, at every call; without an error it resolves.
   *
   * @example All end before the error is reported
   * ```ts
   * import { Group } from '@gosync/errgroup';
   *
   * const group = new Group();
   * let ended = false;
   * group.go(() => Promise.reject(new Error('first')));
   * group.go(async () => {
   *   await new Promise((resolve) => setTimeout(resolve, 1));
   *   ended = true;
   * });
   * await group.wait().catch((err) => console.log(err.message, ended));
   * // Output: first true
   * ```
   *
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/errgroup/errgroup.go#L55
   */
  wait(): Promise<void> {
    // Its callbacks may hand over more.
    if (this.#active === 0) this.#cancel?.();
    if (this.#active > 0) {
      return (this.#waiting ??= new Promise((resolve, reject) => {
        this.#settle = () => (this.#failure ? reject(this.#failure.error) : resolve());
      }));
    }
    return this.#failure ? Promise.reject(this.#failure.error) : started;
  }

  /** A queued task begins a microtask after it was granted its unit; until then no other task may overtake it. */
  #tryAcquire(limit: Weighted): boolean {
    return this.#queued === 0 && limit.tryAcquire();
  }

  #startQueued(f: (ctx: Context) => unknown): void {
    this.#queued--;
    this.#start(f);
  }

  #start(f: (ctx: Context) => unknown): void {
    const contexts = this.#contexts;
    const ctx = contexts.begin();
    try {
      const task = promiseOf(f(ctx));
      if (task) {
        react(task, this.#succeeded, this.#failed);
        contexts.endAfter(ctx, task);
        return;
      }
    } catch (error) {
      this.#fail(error);
    }
    contexts.end(ctx);
    this.#end();
  }

  #fail(error: unknown): void {
    if (this.#failure) return;
    this.#failure = { error };
    this.#cancel?.(error);
  }

  #end(): void {
    this.#active--;
    this.#limit?.release();
    if (this.#active > 0 || this.#settle === undefined) return;
    // Its callbacks run before anyone hears that the group is done, and may hand over more.
    this.#cancel?.();
    if (this.#active > 0) return;
    this.#settle?.();
    this.#waiting = this.#settle = undefined;
  }
}

/**
 * A group and the context of its tasks, derived from `parent`. The context is done at the first error, with that
 * error as its cause; when all tasks have ended and {@link Group.wait} was called; or when `parent` is done.
 *
 * @param parent - A `Context`, an `AbortSignal`, or an object with one.
 * @throws TypeError when it is none of these.
 *
 * @example A failure stops the others
 * ```ts
 * import { afterFunc, background, cause } from '@gosync/context';
 * import { withContext } from '@gosync/errgroup';
 *
 * const [group, ctx] = withContext(background());
 * group.go((own) => new Promise<void>((resolve) => afterFunc(own, resolve)));
 * group.go(() => Promise.reject(new Error('disk full')));
 * await group.wait().catch((err) => console.log(err.message, err === cause(ctx)));
 * // Output: disk full true
 * ```
 *
 * @see Go: https://github.com/golang/sync/blob/ec11c4a/errgroup/errgroup.go#L48
 */
export function withContext(parent: ContextLike): readonly [Group, Context] {
  const [ctx, cancel] = withCancelCause(parent);
  return [newGroup(ctx, cancel), ctx];
}

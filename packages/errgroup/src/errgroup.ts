import { background, type Context, type ContextLike, withCancelCause } from '@gosync/context';
import { Tasks } from './tasks.ts';

/** Gives a group its context. Set by the class, whose fields nobody else can reach. */
let bind: (group: Group, tasks: Tasks) => void;

/**
 * Tasks that work on one job. The first error is kept, tells the others through the context, and is what
 * {@link Group.wait} rejects with once all have finished.
 *
 * A failing task does not kill the others: they look at the context and end by themselves. A throw or rejection
 * with any value is an error, `undefined` too. Tasks never cause an unhandled rejection.
 *
 * `new Group()` has no context to cancel; {@link withContext} makes one that has. Tasks may hand over tasks; one that
 * awaits the group there, or `go` at the limit, waits for itself.
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
  #tasks = new Tasks(background());

  static {
    bind = (group, tasks) => {
      group.#tasks = tasks;
    };
    const asyncDispose: symbol = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');
    Object.defineProperty(this.prototype, asyncDispose, {
      value(this: Group): Promise<void> {
        this.#tasks.cancel?.();
        return this.wait().catch(() => {});
      },
    });
  }

  /**
   * Cancels the group's context and waits until all tasks have ended. Never rejects. For `await using`, which
   * makes sure that no task outlives the block. It does not report the error: `wait` does.
   */
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;

  /**
   * Hands over a task. Without a limit, or with room, `f` is called synchronously. At the limit it is queued and
   * called in its turn, in the async context of the caller of `go`.
   *
   * Awaiting `go` is back-pressure: the producer goes no faster than the tasks. Not awaiting makes a queue of any
   * length. {@link Group.wait} waits for what is queued either way.
   *
   * **Cancellation**: what is queued when an error occurs still runs; it can look at `ctx.err` and return.
   *
   * @param f - The task, usually async. Receives the group's context (the background context if it has none).
   * @returns A promise that resolves when `f` has been called. It rejects with a TypeError when `f` is not a
   * function, and with an Error when the limit is zero; then `f` is not, and will not be, called.
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
   * zero, rejects where Go would block for ever.
   */
  go(f: (ctx: Context) => unknown): Promise<void> {
    return typeof f === 'function' ? this.#tasks.go(f) : Promise.reject(notAFunction(f));
  }

  /**
   * Calls `f` now if the limit allows, as {@link Group.go} does, and returns whether it did. It never overtakes
   * what is queued.
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
    if (typeof f !== 'function') throw notAFunction(f);
    return this.#tasks.tryGo(f);
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
    this.#tasks.setLimit(n);
  }

  /**
   * Waits until every task has ended: running, queued, and added by tasks meanwhile. Then the group's context is
   * canceled.
   *
   * @returns A promise that rejects with the first error by time, every time it is asked; else it resolves.
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
    return this.#tasks.wait();
  }
}

function notAFunction(f: unknown): TypeError {
  return new TypeError(`errgroup: task is not a function: ${Object.prototype.toString.call(f)}`);
}

/**
 * A group and the context of its tasks, derived from `parent`. The context is done at the first error, with that
 * error as its cause; when {@link Group.wait} has waited for all; or when `parent` is.
 *
 * @param parent - A `Context`, an `AbortSignal`, or an object with one.
 * @throws TypeError when it is none of these.
 *
 * @example The others hear of a failure and stop
 * ```ts
 * import { afterFunc, background, cause } from '@gosync/context';
 * import { withContext } from '@gosync/errgroup';
 *
 * const [group, ctx] = withContext(background());
 * group.go(() => new Promise<void>((resolve) => afterFunc(ctx, resolve)));
 * group.go(() => Promise.reject(new Error('disk full')));
 * await group.wait().catch((err) => console.log(err.message, err === cause(ctx)));
 * // Output: disk full true
 * ```
 *
 * @see Go: https://github.com/golang/sync/blob/ec11c4a/errgroup/errgroup.go#L48
 */
export function withContext(parent: ContextLike): readonly [Group, Context] {
  const [ctx, cancel] = withCancelCause(parent);
  const group = new Group();
  bind(group, new Tasks(ctx, cancel));
  return [group, ctx];
}

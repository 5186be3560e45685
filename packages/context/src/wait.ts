import { adopt, endOf } from './adopt.ts';
import { afterFunc } from './after-func.ts';
import type { ContextLike } from './context.ts';
import { show } from './errors.ts';
import { type Reaction, react } from './reaction.ts';

/**
 * Throws the cause of `ctx` if it is done: what `signal.throwIfAborted()` does, without making a signal.
 *
 * @param ctx - Any {@link ContextLike}.
 * @throws The cause, whatever it is; TypeError when `ctx` is not a {@link ContextLike}.
 *
 * @example Between two steps
 * ```ts
 * import { background, throwIfDone, withCancelCause } from '@gosync/context';
 *
 * const [ctx, cancel] = withCancelCause(background());
 * throwIfDone(ctx);
 * cancel('closing time');
 * try {
 *   throwIfDone(ctx);
 * } catch (cause) {
 *   console.log(cause);
 * }
 * // Output: closing time
 * ```
 *
 * @see Go: none; there `ctx.Err()` is returned.
 */
export function throwIfDone(ctx: ContextLike): void {
  const end = endOf(ctx);
  if (end) throw end.reason;
}

/**
 * Waits for `promise`, but no longer than `ctx` lives.
 *
 * **Cancellation**: rejects with the cause of `ctx` when that ends first, and when it is done already, even if the
 * promise has settled. What the promise comes to afterwards is dropped; a rejection is nobody's unhandled rejection.
 * The work behind the promise is not stopped: hand it the context too.
 *
 * **Cost**: O(1). When the promise settles first nothing is left on the context; when the context ends first nothing
 * that grows is left on the promise, however often it is waited for.
 *
 * @param ctx - Any {@link ContextLike}.
 * @param promise - A promise, or any thenable.
 * @returns A promise of what `promise` resolves with. It rejects with what that rejects with, with the cause of `ctx`,
 * or with a TypeError when `ctx` is not a {@link ContextLike}.
 *
 * @example A wait that is cut short
 * ```ts
 * import { background, wait, withTimeoutCause } from '@gosync/context';
 *
 * const [ctx, cancel] = withTimeoutCause(background(), 5, 'too slow');
 * await wait(ctx, Promise.resolve('in time')); // => 'in time'
 * await wait(ctx, new Promise(() => {})).catch((cause) => console.log(cause));
 * // Output: too slow
 * cancel();
 * ```
 *
 * @see Go: `select { case v := <-c: … case <-ctx.Done(): return context.Cause(ctx) }`
 */
export function wait<T>(ctx: ContextLike, promise: PromiseLike<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const end = endOf(ctx);
    if (end) {
      react(promise, undefined);
      reject(end.reason);
      return;
    }
    const node = adopt(ctx);
    let leave: (() => void) | undefined;
    const stop = afterFunc(ctx, () => {
      leave?.();
      reject(node.done()?.reason);
    });
    const reaction: Reaction<T> = {
      resolve(value) {
        stop();
        resolve(value);
      },
      reject(error) {
        stop();
        reject(error);
      },
    };
    leave = react(promise, reaction);
  });
}

/** The longest a platform timer can run, in milliseconds. */
const longestTimer = 2_147_483_647;

/**
 * Resolves after `ms` milliseconds, or rejects with the cause of `ctx` when that ends first.
 *
 * As any timer it keeps the process alive, and it ends with the context.
 *
 * **Cancellation**: a context that is done already rejects, also for 0.
 *
 * @param ctx - Any {@link ContextLike}.
 * @param ms - Zero and less is the next turn of the event loop. May be longer than a platform timer can run;
 * `Infinity` waits for the end of `ctx`.
 * @returns A promise. It rejects with the cause of `ctx`; with a RangeError when `ms` is `NaN`, or `Infinity` under a
 * context that can never end; with a TypeError when `ms` is not a number or `ctx` not a {@link ContextLike}.
 *
 * @example Woken by the end of the context
 * ```ts
 * import { background, sleep, withTimeout } from '@gosync/context';
 *
 * const [ctx, cancel] = withTimeout(background(), 5);
 * await sleep(ctx, 3_600_000).catch((err) => console.log(err.message));
 * // Output: context deadline exceeded
 * cancel();
 * ```
 *
 * @see Go: `select { case <-time.After(d): case <-ctx.Done(): return context.Cause(ctx) }`
 */
export function sleep(ctx: ContextLike, ms: number): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const node = adopt(ctx);
    if (typeof ms !== 'number') throw new TypeError(`context: sleep is not a number: ${show(ms)}`);
    if (Number.isNaN(ms)) throw new RangeError('context: sleep is not a time: NaN');
    const end = node.done();
    if (end) return reject(end.reason);
    if (ms === Infinity && !node.cancelable)
      throw new RangeError('context: sleep would last for ever: Infinity');
    let timer: ReturnType<typeof setTimeout> | undefined;
    const run = (left: number): void => {
      const stage = Math.min(Math.ceil(Math.max(left, 0)), longestTimer);
      timer = setTimeout(() => (left > stage ? run(left - stage) : wake()), stage);
    };
    const stop = afterFunc(ctx, () => {
      clearTimeout(timer);
      reject(node.done()?.reason);
    });
    const wake = (): void => {
      stop();
      // The deadline may have passed while no timer could run.
      const late = node.done();
      if (late) reject(late.reason);
      else resolve();
    };
    if (ms < Infinity) run(ms);
  });
}

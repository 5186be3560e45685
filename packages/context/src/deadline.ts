import { adopt } from './adopt.ts';
import { CancelNode } from './cancel.ts';
import { Cancellation } from './cancellation.ts';
import { ClockNode } from './clock.ts';
import type { Context, ContextLike } from './context.ts';
import { DeadlineExceededError, show } from './errors.ts';
import type { Deadline } from './node.ts';
import { monotonic } from './time.ts';
import { type CancelFunc, pair } from './with-cancel.ts';

/** Whether a deadline that is `ms` away comes before `other`. */
function isNearer(time: number, ms: number, now: number, other: Deadline | undefined): boolean {
  if (!other) return time < Infinity;
  const left = other.until === undefined ? other.time - Date.now() : other.until - now;
  // The wall clock may have been set in between, but it decides what is closer together than it can tell.
  return Math.abs(left - ms) < 1 ? time < other.time : ms < left;
}

function derive(
  parent: ContextLike,
  time: number,
  ms: number,
  cause: unknown,
): readonly [Context, CancelFunc] {
  const ancestor = adopt(parent);
  const now = monotonic();
  // Else the parent's comes first, or there is none: no timer of our own.
  if (!isNearer(time, ms, now, ancestor.deadline)) return pair(new CancelNode(ancestor));
  const exceeded = new Cancellation(DeadlineExceededError, cause);
  const node = new ClockNode(ancestor, time, now + ms, exceeded);
  node.arm(ms);
  return pair(node);
}

function check(name: string, value: number): number {
  if (typeof value !== 'number')
    throw new TypeError(`context: ${name} is not a number: ${show(value)}`);
  if (Number.isNaN(value)) throw new RangeError(`context: ${name} is not a time: NaN`);
  return value;
}

/**
 * A context that is done when `parent` is, when its cancel function is called, or at `deadline`, with a
 * {@link DeadlineExceededError}.
 *
 * The nearer of `parent`'s deadline and this one counts, of equals `parent`'s. One that has passed makes the context done at
 * birth; `Infinity` is none. Deadlines may be farther away than the 2^31−1 ms a platform timer can run.
 *
 * While something is registered on the context (a child, a callback, a waiter, a listener on its signal), its
 * timer keeps the process alive, so that a wait for the deadline ends with it; with nothing waiting it
 * does not. The timer ends with the context: call `cancel` when the work is over. (Node's `fetch` never takes its
 * listener off, so after it only `cancel` lets the process go before the deadline.)
 *
 * @param parent - The context to derive from.
 * @param deadline - A `Date`, or epoch milliseconds.
 * @throws RangeError when `deadline` is `NaN` or an invalid `Date`.
 * @throws TypeError when `deadline` is neither a number nor a `Date`, or `parent` not a {@link ContextLike}.
 *
 * @example The nearer deadline counts
 * ```ts
 * import { background, withDeadline } from '@gosync/context';
 *
 * const [soon, cancel] = withDeadline(background(), Date.now() + 1_000);
 * const [later] = withDeadline(soon, Date.now() + 60_000);
 * later.deadline === soon.deadline; // => true
 * cancel();
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L625
 */
export function withDeadline(
  parent: ContextLike,
  deadline: number | Date,
): readonly [Context, CancelFunc] {
  return withDeadlineCause(parent, deadline, undefined);
}

/**
 * Like {@link withDeadline}; when the deadline passes, `cause` is the context's cause. The cancel function
 * does not set it.
 *
 * @param parent - The context to derive from.
 * @param deadline - A `Date`, or epoch milliseconds.
 * @param cause - Why it is too late; `undefined` for none.
 * @throws RangeError and TypeError as {@link withDeadline}.
 *
 * @example Say what was too slow
 * ```ts
 * import { background, cause, withDeadlineCause } from '@gosync/context';
 *
 * const [ctx] = withDeadlineCause(background(), Date.now() - 1, new Error('shop closed'));
 * String(cause(ctx)); // => 'Error: shop closed'
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L632
 */
export function withDeadlineCause(
  parent: ContextLike,
  deadline: number | Date,
  cause: unknown,
): readonly [Context, CancelFunc] {
  const time = check('deadline', deadline instanceof Date ? deadline.getTime() : deadline);
  return derive(parent, time, time - Date.now(), cause);
}

/**
 * {@link withDeadline}, `ms` milliseconds from now.
 *
 * @param parent - The context to derive from.
 * @param ms - Zero or less is done at birth; `Infinity` is no deadline; fractions count as the next whole one.
 * @throws RangeError when `ms` is `NaN`.
 * @throws TypeError when `ms` is not a number, or `parent` not a {@link ContextLike}.
 *
 * @example Bound a wait
 * ```ts
 * import { background, withTimeout } from '@gosync/context';
 * import { Weighted } from '@gosync/semaphore';
 *
 * const taken = new Weighted(1);
 * await taken.acquire();
 * const [ctx, cancel] = withTimeout(background(), 5);
 * await taken.acquire(ctx).catch((err) => console.log(err.message));
 * // Output: context deadline exceeded
 * cancel();
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L703
 */
export function withTimeout(parent: ContextLike, ms: number): readonly [Context, CancelFunc] {
  return withTimeoutCause(parent, ms, undefined);
}

/**
 * {@link withDeadlineCause}, `ms` milliseconds from now.
 *
 * @param parent - The context to derive from.
 * @param ms - As for {@link withTimeout}.
 * @param cause - Why it is too late; `undefined` for none.
 * @throws RangeError and TypeError as {@link withTimeout}.
 *
 * @example The cause tells which limit it was
 * ```ts
 * import { background, cause, isDeadlineExceeded, withTimeoutCause } from '@gosync/context';
 *
 * const [ctx] = withTimeoutCause(background(), 0, 'database limit');
 * cause(ctx); // => 'database limit'
 * isDeadlineExceeded(ctx.err); // => true
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L710
 */
export function withTimeoutCause(
  parent: ContextLike,
  ms: number,
  cause: unknown,
): readonly [Context, CancelFunc] {
  return derive(parent, Date.now() + check('timeout', ms), ms, cause);
}

import type { CanceledError, DeadlineExceededError } from './errors.ts';
import type { Key } from './key.ts';

/**
 * A deadline, a cancellation and request-scoped values, handed from caller to callee.
 *
 * A context is derived from a parent by `withCancel`, `withTimeout`, `withValue` and their kin; when a parent is
 * done, so is everything that was derived from it. Other libraries get its signal:
 * `fetch(url, { signal: ctx.signal })`.
 *
 * @example Hand a context down; the callee looks at it
 * ```ts
 * import { background, withCancel, type Context } from '@gosync/context';
 *
 * const countTo = (ctx: Context, n: number): number => {
 *   for (let i = 0; i < n; i++) if (ctx.err) return i;
 *   return n;
 * };
 * const [ctx, cancel] = withCancel(background());
 * countTo(ctx, 3); // => 3
 * cancel();
 * countTo(ctx, 3); // => 0
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L71
 */
export interface Context {
  /**
   * Go's `Done()`: a real `AbortSignal`, created on first access and always the same object. All contexts that can
   * never end share one. Hand it on by its name, `{ signal: ctx.signal }`: no copy of the context has it.
   */
  readonly signal: AbortSignal;
  /** When the context will end by itself, in epoch milliseconds; `undefined` if it will not. */
  readonly deadline: number | undefined;
  /** `undefined` while the context is live; then why it is done, which never changes. */
  readonly err: CanceledError | DeadlineExceededError | undefined;
  /** The value of the nearest ancestor that has `key` (compared with `===`). Cost: linear in the number of values. */
  value<V>(key: Key<V>): V | undefined;
  value(key: unknown): unknown;
  /** The chain of its making: `context.Background.WithCancel.WithValue(user)`. */
  toString(): string;
}

/**
 * What every function takes as its context: a {@link Context}, an `AbortSignal`, or anything that has one, such as a
 * `Request` or an options object.
 */
export type ContextLike =
  | AbortSignal
  | { readonly signal: AbortSignal }
  // An object literal may have other options beside it.
  | { readonly signal: AbortSignal; readonly [option: string]: unknown };

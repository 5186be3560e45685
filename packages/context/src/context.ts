import type { Cancellation, CancelContext } from './cancel.ts';
import type { CanceledError, DeadlineExceededError } from './errors.ts';
import type { Key } from './value.ts';

/**
 * A deadline, a cancellation and request-scoped values, handed from caller to callee.
 *
 * Other libraries get it as `{ signal: ctx.signal }`. It is derived from a parent by
 * {@link withCancel}, {@link withTimeout}, {@link withValue} and their kin; when a parent is done, so is
 * everything derived from it.
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
   * Go's `Done()`: a real `AbortSignal`, made on first use and the same object ever after. A context
   * that can never end has the one signal of `background()`. Other libraries
   * get it as `{ signal: ctx.signal }`.
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

/** What every function takes as its context: a {@link Context}, an `AbortSignal`, or anything that has one, such as a `Request`. */
export type ContextLike = AbortSignal | { readonly signal: AbortSignal };

/** Where a context's values come from. */
export interface Values {
  lookup(key: unknown): unknown;
}

/** What all contexts of this package share. Where they differ is which node of the tree they live in. */
export abstract class BaseContext implements Context {
  /** The node of the cancellation tree that decides when this context is done; absent when it can never end. */
  abstract readonly node: CancelContext | undefined;
  /** What it was derived from; absent for a root. */
  abstract readonly parent: BaseContext | undefined;
  /** The nearest context, itself included, that carries values; absent when there is none. */
  abstract readonly values: Values | undefined;
  abstract readonly signal: AbortSignal;
  abstract readonly deadline: number | undefined;
  /** Its own link of the chain that `String(ctx)` shows. */
  abstract label(): string;

  get err(): CanceledError | DeadlineExceededError | undefined {
    return this.done()?.err;
  }

  /** How it ended; `undefined` while it is live. */
  done(): Cancellation | undefined {
    return this.node?.done();
  }

  value<V>(key: Key<V>): V | undefined;
  value(key: unknown): unknown;
  value(key: unknown): unknown {
    return this.values?.lookup(key);
  }

  toString(): string {
    let text = '';
    // A loop: a chain may be longer than the stack is deep.
    for (let ctx: BaseContext | undefined = this; ctx; ctx = ctx.parent) text = ctx.label() + text;
    return text;
  }

  /** A context in a log is a line, not all that hangs on it. */
  toJSON(): string {
    return this.toString();
  }

  static {
    // What Node's `util.inspect`, and so `console.log`, shows.
    Object.defineProperty(this.prototype, Symbol.for('nodejs.util.inspect.custom'), {
      value: this.prototype.toString,
    });
  }
}

import { adopt, endOf } from './adopt.ts';
import { CancelNode } from './cancel.ts';
import { Cancellation } from './cancellation.ts';
import type { Context, ContextLike } from './context.ts';
import { disposable } from './dispose.ts';
import { CanceledError } from './errors.ts';
import { Handle } from './handle.ts';

// The lib that declares these came with TypeScript 5.2; whoever compiles against this package may not have it.
// Where it is present, this says the same. It stands here because declarations survive bundling only beside
// exported types.
declare global {
  interface SymbolConstructor {
    readonly dispose: unique symbol;
    readonly asyncDispose: unique symbol;
  }
}

/**
 * Ends the context it came with, and all that is derived from it. The first call counts, later ones do
 * nothing; arguments are ignored, so it can be handed to anything that calls back.
 *
 * `using _ = cancel;` ends the context when the block is left, as Go's `defer cancel()` does.
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L231
 */
export interface CancelFunc {
  (): void;
  [Symbol.dispose](): void;
}

/**
 * A {@link CancelFunc} that takes the reason. Without one, or with `undefined`, the cause is the
 * context's {@link CanceledError}. As an event handler it would take the event for the reason: wrap it.
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L255
 */
export interface CancelCauseFunc {
  (cause?: unknown): void;
  [Symbol.dispose](): void;
}

/** What users get for `node`: its context, and how to cancel it. */
export function pair(node: CancelNode): readonly [Context, CancelFunc] {
  return [Handle.of(node), disposable(() => node.cancel(new Cancellation(CanceledError)))];
}

/**
 * A context that is done when `parent` is, or when its cancel function is called.
 *
 * Call `cancel` when the work is over, however it ended: until then `parent` keeps the new context.
 *
 * **Cancellation**: synchronous. First the context and everything below it is marked done; then callbacks
 * run, a context's own in the order they came, then its `abort` listeners; a parent's before its children's. One that
 * throws is reported as an uncaught exception and disturbs neither the others nor the canceler. If `parent`
 * is already done, so is the new context, with the same error and cause.
 *
 * **Cost**: O(1), no `AbortController` until somebody reads `signal`; canceling is linear in what hangs below.
 *
 * @param parent - The context to derive from.
 * @throws TypeError when `parent` is not a {@link ContextLike}.
 *
 * @example One cancel ends the whole subtree
 * ```ts
 * import { background, withCancel } from '@gosync/context';
 *
 * const [parent, cancel] = withCancel(background());
 * const [child] = withCancel(parent);
 * cancel();
 * child.err?.message; // => 'context canceled'
 * child.signal.aborted; // => true
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L240
 */
export function withCancel(parent: ContextLike): readonly [Context, CancelFunc] {
  return pair(new CancelNode(adopt(parent)));
}

/**
 * Like {@link withCancel}, with a cancel function that takes the reason. It becomes {@link cause} and
 * `signal.reason` of the context and of everything below it, and the `cause` of their `err`.
 *
 * @param parent - The context to derive from.
 * @throws TypeError when `parent` is not a {@link ContextLike}.
 *
 * @example The reason arrives where the work is done
 * ```ts
 * import { background, cause, withCancelCause } from '@gosync/context';
 *
 * const [ctx, cancel] = withCancelCause(background());
 * const overload = new Error('overload');
 * cancel(overload);
 * cause(ctx) === overload; // => true
 * ctx.signal.reason === overload; // => true
 * ctx.err?.message; // => 'context canceled'
 * ctx.err?.cause === overload; // => true
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L268
 */
export function withCancelCause(parent: ContextLike): readonly [Context, CancelCauseFunc] {
  const node = new CancelNode(adopt(parent));
  return [
    Handle.of(node),
    disposable((reason?: unknown) => node.cancel(new Cancellation(CanceledError, reason))),
  ];
}

/**
 * Why `ctx` is done: what was given to the function that ended it, the reason of the `AbortSignal` that
 * did, or else `ctx.err`. `undefined` while `ctx` is live. The same object as `ctx.signal.reason`.
 *
 * @param ctx - Any {@link ContextLike}.
 * @throws TypeError when `ctx` is not one.
 *
 * @example Live, then done
 * ```ts
 * import { background, cause, withCancel } from '@gosync/context';
 *
 * const [ctx, cancel] = withCancel(background());
 * cause(ctx); // => undefined
 * cancel();
 * cause(ctx) === ctx.err; // => true
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L288
 */
export function cause(ctx: ContextLike): unknown {
  return endOf(ctx)?.reason;
}

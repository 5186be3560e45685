import { adopt } from './adopt.ts';
import { EndlessNode } from './background.ts';
import type { Context, ContextLike } from './context.ts';
import { Handle } from './handle.ts';

/**
 * A context with `parent`'s values that is not done when `parent` is, and has no deadline.
 *
 * For what must be finished after the request that caused it has ended: a rollback, a log entry.
 *
 * @param parent - What to take the values from.
 * @throws TypeError when `parent` is not a {@link ContextLike}.
 *
 * @example Cleaning up goes on after a cancellation
 * ```ts
 * import { background, withCancel, withoutCancel } from '@gosync/context';
 *
 * const [ctx, cancel] = withCancel(background());
 * cancel();
 * ctx.err?.message; // => 'context canceled'
 * withoutCancel(ctx).err; // => undefined
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L585
 */
export function withoutCancel(parent: ContextLike): Context {
  return Handle.of(new EndlessNode('.WithoutCancel', adopt(parent)));
}

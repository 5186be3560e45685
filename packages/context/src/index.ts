/**
 * Deadlines, cancellation and request-scoped values that travel with a call: Go's `context`, built on
 * `AbortSignal`.
 *
 * A {@link Context} is made from another by `with…` functions, starting at {@link background}, and handed
 * down as the first parameter. When one is done, so is all that was derived from it. Its `signal` fits every
 * platform API; a foreign `AbortSignal` fits every parameter here.
 *
 * For a single `fetch` with a time limit, `AbortSignal.timeout` is enough. A context earns its place when
 * cancellation has to reach several layers, has a cause, or comes and goes often: deriving one costs a
 * fraction of an `AbortController`, and nothing is left on the parent after `cancel()`.
 *
 * @example
 * ```ts
 * import { background, withTimeout } from '@gosync/context';
 *
 * const [ctx, cancel] = withTimeout(background(), 1_000);
 * const page = await fetch('data:text/plain,hello', { signal: ctx.signal });
 * await page.text(); // => 'hello'
 * cancel();
 * ```
 *
 * @packageDocumentation
 */
export type { Context, ContextLike } from './context.ts';
export type { Key } from './key.ts';
export type { CancelCauseFunc, CancelFunc } from './with-cancel.ts';
export {
  CanceledError,
  DeadlineExceededError,
  afterFunc,
  background,
  cause,
  createKey,
  from,
  isCanceled,
  isDeadlineExceeded,
  sleep,
  throwIfDone,
  todo,
  wait,
  withCancel,
  withCancelCause,
  withDeadline,
  withDeadlineCause,
  withTimeout,
  withTimeoutCause,
  withValue,
  withoutCancel,
  // Where everything is built into, so that both entry points have the same state.
} from './internal.ts';

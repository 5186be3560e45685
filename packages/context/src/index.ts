/**
 * Deadlines, cancellation and request-scoped values that travel with a call: Go's `context`, built on
 * `AbortSignal`.
 *
 * The `with…` functions derive a {@link Context} from another, beginning with {@link background}; functions take
 * it as their first parameter. When a context is done, so are all contexts derived from it. Its `signal` can be
 * passed to every API of the platform; an `AbortSignal` can be passed wherever these packages take a context.
 *
 * For a single `fetch` with a time limit, `AbortSignal.timeout` is enough. A context is worth its place when
 * cancellation has to pass through several layers, has a cause, or when contexts are made often: deriving one
 * costs a fraction of an `AbortController`, and nothing is left on the parent after `cancel()`.
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

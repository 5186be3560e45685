/** Lets two copies of this package (ESM and CJS, or two versions) know each other's errors. */
const brand: unique symbol = Symbol.for('@gosync/context.error');

/**
 * Why a context was canceled by its cancel function or by an `AbortSignal`.
 *
 * Its `name` and `code` are those of the platform's abort errors, so code that already tells an abort
 * from a failure needs no change. `cause` holds what was given to a {@link CancelCauseFunc}, or the
 * reason of a foreign signal.
 *
 * @example Tell a cancellation from a failure
 * ```ts
 * import { background, CanceledError, isCanceled, withCancel } from '@gosync/context';
 *
 * const [ctx, cancel] = withCancel(background());
 * cancel();
 * ctx.err instanceof CanceledError; // => true
 * ctx.err?.message; // => 'context canceled'
 * isCanceled(ctx.err); // => true
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L167
 */
export class CanceledError extends Error {
  declare name: 'AbortError';
  declare readonly code: 'ABORT_ERR';

  /** @param options - `cause`: the reason, if there is one beyond "somebody canceled". */
  constructor(options?: ErrorOptions) {
    super('context canceled', options);
  }

  static {
    // On the prototype, so that the first line of the stack carries the name too.
    Object.assign(this.prototype, { name: 'AbortError', code: 'ABORT_ERR', [brand]: 'canceled' });
  }
}

/**
 * Why a context is done whose deadline has passed. `cause` holds what was given to
 * {@link withDeadlineCause} or {@link withTimeoutCause}.
 *
 * @example A deadline in the past is exceeded at birth
 * ```ts
 * import { background, DeadlineExceededError, withDeadline } from '@gosync/context';
 *
 * const [ctx] = withDeadline(background(), new Date('2009-11-10'));
 * ctx.err instanceof DeadlineExceededError; // => true
 * ctx.err?.message; // => 'context deadline exceeded'
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L171
 */
export class DeadlineExceededError extends Error {
  declare name: 'TimeoutError';
  declare readonly code: 'ETIMEDOUT';

  /** @param options - `cause`: the reason, if there is one beyond "time is up". */
  constructor(options?: ErrorOptions) {
    super('context deadline exceeded', options);
  }

  static {
    Object.assign(this.prototype, { name: 'TimeoutError', code: 'ETIMEDOUT', [brand]: 'deadline' });
  }
}

/** Reads a property of anything without trusting it: errors come from everywhere. */
function property(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** Whether `err` was made by this package, or by another copy of it. */
export function isOwnError(err: unknown): err is CanceledError | DeadlineExceededError {
  return property(err, brand) !== undefined;
}

/**
 * Reports whether `err` says that work was canceled: a {@link CanceledError} (of any copy of this
 * package), the platform's `AbortError` exception, or the `AbortError` that Node's own APIs reject with.
 *
 * It looks at `err` alone, not at `err.cause`.
 *
 * @example It knows what `AbortController` produces
 * ```ts
 * import { isCanceled } from '@gosync/context';
 *
 * isCanceled(AbortSignal.abort().reason); // => true
 * isCanceled(new Error('connection lost')); // => false
 * ```
 *
 * @see Go: `errors.Is(err, context.Canceled)`
 */
export function isCanceled(err: unknown): boolean {
  if (property(err, brand) === 'canceled') return true;
  const code = property(err, 'code');
  // 20 is DOMException.ABORT_ERR, 'ABORT_ERR' is Node's.
  return property(err, 'name') === 'AbortError' && (code === 20 || code === 'ABORT_ERR');
}

/**
 * Reports whether `err` says that a deadline has passed: a {@link DeadlineExceededError} (of any copy of
 * this package) or the platform's `TimeoutError` exception.
 *
 * It looks at `err` alone, not at `err.cause`. Errors of other libraries that happen to be called
 * `TimeoutError` are not meant.
 *
 * @example Tell "too late" from "no longer wanted"
 * ```ts
 * import { background, cause, isCanceled, isDeadlineExceeded, withTimeout } from '@gosync/context';
 *
 * const [ctx] = withTimeout(background(), 0);
 * isDeadlineExceeded(cause(ctx)); // => true
 * isCanceled(cause(ctx)); // => false
 * ```
 *
 * @see Go: `errors.Is(err, context.DeadlineExceeded)`
 */
export function isDeadlineExceeded(err: unknown): boolean {
  if (property(err, brand) === 'deadline') return true;
  // 23 is DOMException.TIMEOUT_ERR.
  return property(err, 'name') === 'TimeoutError' && property(err, 'code') === 23;
}

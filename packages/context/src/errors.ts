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
  /** @param options - `cause`: the reason, if there is one beyond "somebody canceled". */
  constructor(options?: ErrorOptions) {
    super('context canceled', options);
  }

  // On the prototype, so that the first line of the stack carries the name too.
  override get name(): 'AbortError' {
    return 'AbortError';
  }

  get code(): 'ABORT_ERR' {
    return 'ABORT_ERR';
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
  /** @param options - `cause`: the reason, if there is one beyond "time is up". */
  constructor(options?: ErrorOptions) {
    super('context deadline exceeded', options);
  }

  override get name(): 'TimeoutError' {
    return 'TimeoutError';
  }

  get code(): 'ETIMEDOUT' {
    return 'ETIMEDOUT';
  }
}

/** Whether `err` has this name, and one of these as its code or message: errors come from other copies and realms. */
function is(err: unknown, name: string, ...marks: unknown[]): boolean {
  if (typeof err !== 'object' || err === null || Reflect.get(err, 'name') !== name) return false;
  return marks.includes(Reflect.get(err, 'code')) || marks.includes(Reflect.get(err, 'message'));
}

/** Whether `err` was made by this package, or by another copy of it. */
export function isOwnError(err: unknown): err is CanceledError | DeadlineExceededError {
  return (
    is(err, 'AbortError', 'context canceled') ||
    is(err, 'TimeoutError', 'context deadline exceeded')
  );
}

/** How bad input is shown in messages: objects may have no text of their own, functions too much of it. */
export function show(value: unknown): string {
  switch (typeof value) {
    case 'object':
    case 'function':
      return value === null ? 'null' : Object.prototype.toString.call(value);
    case 'string':
      return JSON.stringify(value);
    default:
      return String(value);
  }
}

/**
 * Reports whether `err` says that work was canceled: a {@link CanceledError} (of any copy of this
 * package), the platform's `AbortError` exception, or the `AbortError` that Node's own APIs reject with.
 *
 * It looks at `err` alone, not at `err.cause`.
 *
 * @example It knows what an AbortController produces
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
  // 20 is DOMException.ABORT_ERR; 'ABORT_ERR' is Node's, and ours.
  return is(err, 'AbortError', 20, 'ABORT_ERR');
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
  // 23 is DOMException.TIMEOUT_ERR.
  return is(err, 'TimeoutError', 23, 'context deadline exceeded');
}

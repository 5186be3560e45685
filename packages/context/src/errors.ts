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
    super(canceled, options);
  }

  // On the prototype, so that the first line of the stack carries the name too.
  override get name(): 'AbortError' {
    return 'AbortError';
  }

  override set name(value: string) {
    assign(this, 'name', value);
  }

  get code(): 'ABORT_ERR' {
    return 'ABORT_ERR';
  }

  set code(value: string) {
    assign(this, 'code', value);
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
    super(exceeded, options);
  }

  override get name(): 'TimeoutError' {
    return 'TimeoutError';
  }

  override set name(value: string) {
    assign(this, 'name', value);
  }

  get code(): 'ETIMEDOUT' {
    return 'ETIMEDOUT';
  }

  set code(value: string) {
    assign(this, 'code', value);
  }
}

/** What an assignment does where the prototype has a plain property. */
function assign(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

const canceled = 'context canceled';
const exceeded = 'context deadline exceeded';

/** The properties that tell what an error is. Errors come from other copies and realms, and may not let themselves be read. */
function read(err: unknown): { readonly [key: string]: unknown } {
  try {
    const { name, code, message, stack, constructor } = Object(err);
    // A structured clone has lost its name and its code, and keeps the beginning of its stack. In V8 that is the name;
    // elsewhere nothing tells it from any other error with our message.
    const isClone = name === 'Error' && /^(AbortError|TimeoutError): /.exec(String(stack));
    return { name: isClone ? isClone[1] : name, code, message, kind: constructor?.name, isClone };
  } catch {
    return {};
  }
}

/** Whether `err` was made by this package, or by another copy of it. */
export function isOwnError(err: unknown): err is CanceledError | DeadlineExceededError {
  const { name, message, isClone } = read(err);
  if (isClone) return false;
  return (
    (name === 'AbortError' && message === canceled) ||
    (name === 'TimeoutError' && message === exceeded)
  );
}

/** How bad input is shown in messages: objects may have no text of their own, functions too much of it. */
export function show(value: unknown): string {
  switch (typeof value) {
    case 'object':
    case 'function':
      return value === null ? 'null' : tag(value);
    case 'string':
      return JSON.stringify(value);
    default:
      return String(value);
  }
}

function tag(value: object): string {
  try {
    return Object.prototype.toString.call(value);
  } catch {
    // A revoked proxy.
    return '[object Unreadable]';
  }
}

/**
 * Reports whether `err` says that work was canceled: a {@link CanceledError} (of any copy of this
 * package, and a structured clone of one), the `AbortError` exception of the platform or of another DOM, or the
 * `AbortError` that Node's own APIs reject with. Never throws.
 *
 * A structured clone, as `postMessage` makes one, is known on engines whose stacks begin with the error's name: Node, Deno,
 * workerd and Chromium. On Firefox, WebKit and Bun a clone is an `Error` like any other; send `err.name` beside it.
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
  const { name, code, message, kind } = read(err);
  // 20 is DOMException.ABORT_ERR; 'ABORT_ERR' is Node's, and ours. Not every DOM's exceptions have a code.
  const isKnown = code === 20 || code === 'ABORT_ERR' || message === canceled;
  return name === 'AbortError' && (isKnown || kind === 'DOMException');
}

/**
 * Reports whether `err` says that a deadline has passed: a {@link DeadlineExceededError} (of any copy of
 * this package, and a structured clone of one) or the `TimeoutError` exception of the platform or of another DOM. Never
 * throws.
 *
 * A structured clone is known on Node, Deno, workerd and Chromium only, see {@link isCanceled}.
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
  const { name, code, message, kind } = read(err);
  // 23 is DOMException.TIMEOUT_ERR.
  const isKnown = code === 23 || message === exceeded;
  return name === 'TimeoutError' && (isKnown || kind === 'DOMException');
}

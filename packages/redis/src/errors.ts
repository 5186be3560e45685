/**
 * Why a {@link LeaseLostError} was given: `'expired'`: the lease ran out before the server could be reached;
 * `'forgotten'`: the server no longer knows it; `'closed'`: the session was closed.
 *
 * @see Go: none; nothing in one process can be lost.
 */
export type LeaseLostReason = 'expired' | 'forgotten' | 'closed';

/**
 * The cause with which the context of a permit, or of a shared call, ends when it may no longer be relied on.
 *
 * @example
 * ```ts
 * import { LeaseLostError } from '@gosync/redis';
 *
 * const error = new LeaseLostError('expired', 7);
 * error.message; // => 'redis: lease lost: expired, fence 7'
 * ```
 * @see Go: none; nothing in one process can be lost.
 */
export class LeaseLostError extends Error {
  static {
    this.prototype.name = 'LeaseLostError';
  }
  readonly reason: LeaseLostReason;
  /** The token of what was lost. */
  readonly fence: number;

  constructor(reason: LeaseLostReason, fence: number) {
    super(`redis: lease lost: ${reason}, fence ${fence}`);
    this.reason = reason;
    this.fence = fence;
  }
}

/**
 * The server could not be asked: it is away, full, read-only, busy, or refuses. `cause` is the client's own error.
 *
 * @example
 * ```ts
 * import { UnavailableError } from '@gosync/redis';
 *
 * const error = new UnavailableError('no answer within 5000 ms', { cause: new Error('ECONNREFUSED') });
 * error.message; // => 'redis: server is unavailable: no answer within 5000 ms'
 * ```
 * @see Go: none; nothing in one process can be away.
 */
export class UnavailableError extends Error {
  static {
    this.prototype.name = 'UnavailableError';
  }

  constructor(detail: string, options?: { cause?: unknown }) {
    super(`redis: server is unavailable: ${detail}`, options);
  }
}

/**
 * A semaphore of that name has another size on the server.
 *
 * @example
 * ```ts
 * import { SizeConflictError } from '@gosync/redis';
 *
 * new SizeConflictError('jobs', 3, 2).message; // => 'redis: semaphore has another size: "jobs": 3, stored 2'
 * ```
 * @see Go: none; in one process a size is set once.
 */
export class SizeConflictError extends RangeError {
  static {
    this.prototype.name = 'SizeConflictError';
  }
  /** The size that the server has. */
  readonly stored: number;

  constructor(name: string, size: number, stored: number) {
    super(`redis: semaphore has another size: ${JSON.stringify(name)}: ${size}, stored ${stored}`);
    this.stored = stored;
  }
}

/**
 * What a shared call failed with in another process: its name, message and code.
 *
 * @example
 * ```ts
 * import { RemoteError } from '@gosync/redis';
 *
 * String(new RemoteError('RangeError', 'no such user')); // => 'RangeError: no such user'
 * ```
 * @see Go: none; in one process everybody gets the same error.
 */
export class RemoteError extends Error {
  readonly code: string | undefined;

  constructor(name: string, message: string, code?: string) {
    super(message);
    this.name = name;
    this.code = code;
  }
}

/**
 * What a shared call returned is larger, as text, than its group lets through. All callers get this, in every process.
 *
 * @example
 * ```ts
 * import { ResultTooLargeError } from '@gosync/redis';
 *
 * new ResultTooLargeError(2048, 1024).message; // => 'redis: result is too large: 2048 bytes of 1024'
 * ```
 * @see Go: none; in one process nothing is copied.
 */
export class ResultTooLargeError extends RangeError {
  static {
    this.prototype.name = 'ResultTooLargeError';
  }

  /** How large the text is, in bytes of UTF-8. */
  readonly bytes: number;
  /** How large it may be. */
  readonly maxBytes: number;

  constructor(bytes: number, maxBytes: number) {
    super(`redis: result is too large: ${bytes} bytes of ${maxBytes}`);
    this.bytes = bytes;
    this.maxBytes = maxBytes;
  }
}

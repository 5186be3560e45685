import type { CanceledError, DeadlineExceededError } from './errors.ts';

export type ContextError = CanceledError | DeadlineExceededError;

/** How a context ended. */
export interface End {
  readonly err: ContextError;
  readonly reason: unknown;
}

/** One cancellation, shared by the whole subtree that it ends. */
export class Cancellation implements End {
  // Invariant: `error` is absent until somebody looks, then never changes.
  // Creating an error captures a stack, which costs more than all the rest of a cancellation.
  #error: ContextError | undefined;
  readonly #type: typeof CanceledError | typeof DeadlineExceededError;
  /** What was given as the reason; `undefined` when none was. */
  readonly #cause: unknown;

  constructor(
    type: typeof CanceledError | typeof DeadlineExceededError,
    cause?: unknown,
    error?: ContextError,
  ) {
    this.#type = type;
    this.#cause = cause;
    this.#error = error;
  }

  get err(): ContextError {
    return (this.#error ??=
      this.#cause === undefined ? new this.#type() : new this.#type({ cause: this.#cause }));
  }

  get reason(): unknown {
    return this.#cause === undefined ? this.err : this.#cause;
  }
}

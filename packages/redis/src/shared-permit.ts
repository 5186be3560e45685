import type { Context } from '@gosync/context';

/**
 * What {@link SharedWeighted.permit} hands out: units held under a lease, to be given back once.
 *
 * @see Go: none; there a release is deferred: `defer sem.Release(2)`.
 */
export interface SharedPermit {
  /** The weight it holds, or held. */
  readonly n: number;
  /** Rises with every grant. Let the protected resource refuse what carries less than the highest it has seen. */
  readonly fence: number;
  /** Whether it is held at this moment, by this process's own clock. */
  readonly live: boolean;
  /** Derived from the caller's; ends with a {@link LeaseLostError} as its cause when the lease is lost. */
  readonly context: Context;
  /** Gives the units back. The first call counts. Never rejects. */
  release(): Promise<void>;
  /** As {@link SharedPermit.release}, for `using`; with `await using` the block ends when the units are back. */
  [Symbol.dispose](): void;
  [Symbol.asyncDispose](): Promise<void>;
}

import {
  background,
  type CancelCauseFunc,
  type Context,
  type ContextLike,
  withCancelCause,
} from '@gosync/context';

/**
 * What {@link SharedWeighted.permit} resolves with: units held under a lease, to be given back once. As the `Permit` of
 * `@gosync/semaphore`, with a `release` that can be awaited.
 *
 * @example What a permit shows
 * ```ts
 * import { Session, SharedWeighted } from '@gosync/redis';
 * import { nodeRedis } from '@gosync/redis/node-redis';
 * import { createClient } from 'redis';
 *
 * const client = await createClient().on('error', console.error).connect();
 * const session = new Session(nodeRedis(client));
 * const permit = await new SharedWeighted(session, 'shown', 3).permit(undefined, 2);
 * [permit.n, permit.live]; // => [2, true]
 * await permit.release();
 * [permit.live, permit.context.err?.message]; // => [false, 'context canceled']
 * await session.close();
 * client.destroy();
 * ```
 * @see Go: none; there a release is deferred: `defer sem.Release(2)`.
 */
export interface SharedPermit {
  /** The weight it holds, or held. */
  readonly n: number;
  /** Rises with every grant. Let the protected resource refuse what carries less than the highest it has seen. */
  readonly fence: number;
  /** Whether it is held at this moment, by this process's own clock. */
  readonly live: boolean;
  /**
   * Derived from the caller's. Ends with a {@link LeaseLostError} as its cause when the lease is lost, and when the
   * permit is released.
   */
  readonly context: Context;
  /**
   * Gives the units back. The first call counts, later ones return the same promise.
   *
   * @returns A promise that resolves when others can have the units: the server has confirmed it, or the lease has
   * run out. It never rejects, after a loss neither.
   */
  release(): Promise<void>;
  /** As {@link SharedPermit.release}, for `using`; with `await using` the block ends when the units are back. */
  [Symbol.dispose](): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** `Symbol.dispose` and its like, or what compilers of `using` fall back to on runtimes that lack them. */
const dispose: symbol = Symbol.dispose ?? Symbol.for('Symbol.dispose');
const asyncDispose: symbol = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');

/** What a permit needs of the request that it stands for. */
export interface Holding {
  readonly fence: number;
  /** Whether it is still held and the lease runs. */
  readonly live: boolean;
  leave(): Promise<void>;
}

export class HeldPermit implements SharedPermit {
  declare readonly [Symbol.dispose]: () => void;
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;
  readonly n: number;
  readonly fence: number;
  readonly context: Context;
  readonly #holding: Holding;
  readonly #cancel: CancelCauseFunc;
  /** Absent until released. */
  #released: Promise<void> | undefined;

  constructor(ctx: ContextLike | undefined, n: number, holding: Holding) {
    this.n = n;
    this.fence = holding.fence;
    this.#holding = holding;
    [this.context, this.#cancel] = withCancelCause(ctx ?? background());
  }

  static {
    Object.defineProperty(this.prototype, dispose, { value: this.prototype.release });
    Object.defineProperty(this.prototype, asyncDispose, { value: this.prototype.release });
  }

  get live(): boolean {
    return this.#released === undefined && this.#holding.live;
  }

  release(): Promise<void> {
    if (this.#released === undefined) {
      this.#released = this.#holding.leave();
      this.#cancel();
    }
    return this.#released;
  }

  /** The lease is gone. */
  lose(error: Error): void {
    this.#cancel(error);
  }
}

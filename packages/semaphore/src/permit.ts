import type { Weighted } from './semaphore.ts';

/**
 * What {@link Weighted.permit} hands out: `n` of the semaphore's units, to be given back once. Made for `using`.
 *
 * @example The block ends, the permit is back
 * ```ts
 * import { Weighted } from '@gosync/semaphore';
 *
 * const sem = new Weighted(3);
 * {
 *   using permit = await sem.permit(2);
 *   permit.n; // => 2
 *   sem.available; // => 1
 * }
 * sem.available; // => 3
 * ```
 *
 * @see Go: none; there a release is deferred: `defer sem.Release(2)`.
 */
export interface Permit {
  /** The weight it holds, or held. */
  readonly n: number;
  /** Gives the units back. The first call counts, later ones do nothing. */
  release(): void;
  /** As {@link Permit.release}. */
  [Symbol.dispose](): void;
}

/** `Symbol.dispose`, or what compilers of `using` fall back to on runtimes that lack it. */
const dispose: symbol = Symbol.dispose ?? Symbol.for('Symbol.dispose');

export class HeldPermit implements Permit {
  declare readonly [Symbol.dispose]: () => void;
  readonly n: number;
  /** Absent once released. */
  #semaphore: Weighted | undefined;

  constructor(semaphore: Weighted, n: number) {
    this.n = n;
    this.#semaphore = semaphore;
  }

  static {
    Object.defineProperty(this.prototype, dispose, { value: this.prototype.release });
  }

  release(): void {
    this.#semaphore?.release(this.n);
    this.#semaphore = undefined;
  }
}

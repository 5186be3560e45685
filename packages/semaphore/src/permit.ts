/**
 * What {@link Weighted.permit} and {@link Keyed.permit} resolve with: `n` units, to be released once. Made for `using`.
 *
 * @example The end of the block releases the permit
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
  /** How many units it holds, or held before its release. */
  readonly n: number;
  /**
   * Gives the units back. Only the first call counts, even if it throws; later calls do nothing.
   * @throws RangeError when other code has released its units, so that fewer than `n` are held.
   */
  release(): void;
  /** As {@link Permit.release}. */
  [Symbol.dispose](): void;
}

/** `Symbol.dispose`, or what compilers of `using` fall back to on runtimes that lack it. */
const dispose: symbol = Symbol.dispose ?? Symbol.for('Symbol.dispose');

/** Where the units of a permit came from. */
interface Issuer {
  release(n: number): void;
}

export class HeldPermit implements Permit {
  declare readonly [Symbol.dispose]: () => void;
  readonly n: number;
  /** Absent once released. */
  #issuer: Issuer | undefined;

  constructor(issuer: Issuer, n: number) {
    this.n = n;
    this.#issuer = issuer;
  }

  static {
    Object.defineProperty(this.prototype, dispose, { value: this.prototype.release });
  }

  release(): void {
    const issuer = this.#issuer;
    // Spent first: after a release that failed, the units that another one would take are somebody else's.
    this.#issuer = undefined;
    issuer?.release(this.n);
  }
}

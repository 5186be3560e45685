import type { ContextLike } from '@gosync/context';
import { check } from './arguments.ts';
import { inspectable } from './inspect.ts';
import type { Permit } from './permit.ts';
import { Weighted } from './semaphore.ts';

/** The semaphore of a key that is in use. */
class Entry<K> extends Weighted {
  /** How many calls are asking for units just now. While there are any, the entry stays. */
  asking = 0;
  readonly #key: K;
  readonly #entries: Map<K, Entry<K>>;

  constructor(size: number, key: K, entries: Map<K, Entry<K>>) {
    super(size);
    this.#key = key;
    this.#entries = entries;
    entries.set(key, this);
  }

  /** Called also when waiters have left with their context. */
  override release(n?: number): void {
    super.release(n);
    this.leaveIfIdle();
  }

  leaveIfIdle(): void {
    if (this.available < this.size || this.waiting > 0 || this.asking > 0) return;
    // A permit for 0 units may come back when its entry is gone, and the key has another.
    if (this.#entries.get(this.#key) === this) this.#entries.delete(this.#key);
  }
}

/**
 * A semaphore for each key: at most `size` units of each key are held at once, and the keys do not affect each other.
 * For a limit per host, per user, per account.
 *
 * Each key has a {@link Weighted} of its own, with its order and its rules. It exists only while units of the key are
 * held or requests wait for them: a key that is not in use costs nothing.
 *
 * Keys are compared as those of a `Map`: `NaN` is one key, objects are keys by identity.
 *
 * `console.log` shows the two figures: `Keyed { size: 2, keys: 1 }`.
 *
 * @example Two requests at a time to each host
 * ```ts
 * import { Keyed } from '@gosync/semaphore';
 *
 * const hosts = new Keyed(2);
 * const visit = (host: string) => hosts.run(undefined, host, async () => hosts.available(host));
 * await Promise.all(['a', 'a', 'a', 'b'].map(visit)); // => [1, 0, 1, 1]
 * hosts.keys; // => 0
 * ```
 * @see Go: none; there it is a map of semaphores under a mutex.
 */
export class Keyed<K = string> {
  // Invariant, whenever no method is running: an entry is in the map if and only if its key is in use.
  readonly #size: number;
  readonly #entries = new Map<K, Entry<K>>();

  static {
    inspectable(this.prototype, 'Keyed', ['size', 'keys']);
  }

  /**
   * @param size - How many units each key has: a non-negative safe integer.
   * @throws RangeError when it is anything else.
   */
  constructor(size: number) {
    this.#size = check('size', size);
  }

  /** How many units each key has. */
  get size(): number {
    return this.#size;
  }

  /** How many keys are in use: units of them are held, or requests wait for them. */
  get keys(): number {
    return this.#entries.size;
  }

  /** The free units of `key`, as {@link Weighted.available}; `size` for a key that is not in use. */
  available(key: K): number {
    return this.#entries.get(key)?.available ?? this.#size;
  }

  /** How many requests wait for units of `key`. */
  waiting(key: K): number {
    return this.#entries.get(key)?.waiting ?? 0;
  }

  /**
   * {@link Weighted.permit} of the semaphore of `key`.
   *
   * **Cancellation**, **Cost**: as of {@link Weighted.permit}, and one look-up in a `Map`.
   *
   * @param ctx - Ends the wait; `undefined` for a wait without end.
   * @param n - A request for more than `size` waits for the end of its context and holds back no other.
   * @returns A promise, which rejects as that of {@link Weighted.acquire}.
   * @example One writer for each file
   * ```ts
   * import { Keyed } from '@gosync/semaphore';
   *
   * const writers = new Keyed(1);
   * {
   *   using permit = await writers.permit(undefined, 'a.txt');
   *   permit.n; // => 1
   *   writers.available('a.txt'); // => 0
   *   writers.available('b.txt'); // => 1
   * }
   * writers.keys; // => 0
   * ```
   * @see Go: none.
   */
  permit(ctx: ContextLike | undefined, key: K, n?: number): Promise<Permit> {
    if (typeof ctx === 'number') return Promise.reject(notAContext());
    return this.#ask(key, (entry) => entry.permit(ctx, n));
  }

  /**
   * {@link Weighted.tryPermit} of the semaphore of `key`: a permit, or `undefined` when it would have to wait.
   * @throws RangeError when `n` is not a weight.
   * @see Go: none.
   */
  tryPermit(key: K, n?: number): Permit | undefined {
    return this.#ask(key, (entry) => entry.tryPermit(n));
  }

  /**
   * {@link Weighted.run} with the semaphore of `key`: acquires, calls `f`, and releases when `f` has ended.
   *
   * **Cancellation**: ends the wait. Once called, `f` is not stopped.
   *
   * @param ctx - Ends the wait; `undefined` for a wait without end.
   * @param f - May return a value or a promise.
   * @returns What `f` returns. Rejects with the error of `f`; or as {@link Weighted.acquire}, without calling `f`.
   * @example Calls for one account come one after the other
   * ```ts
   * import { Keyed } from '@gosync/semaphore';
   *
   * const accounts = new Keyed<number>(1);
   * const log: string[] = [];
   * const pay = (account: number, sum: number) =>
   *   accounts.run(undefined, account, async () => log.push(`${account}: ${sum}`));
   * await Promise.all([pay(1, 10), pay(1, 20), pay(2, 30)]);
   * log; // => ['1: 10', '2: 30', '1: 20']
   * ```
   * @see Go: none.
   */
  run<T>(ctx: ContextLike | undefined, key: K, f: () => T | PromiseLike<T>): Promise<T>;
  run<T>(ctx: ContextLike | undefined, key: K, n: number, f: () => T | PromiseLike<T>): Promise<T>;
  run<T>(ctx: ContextLike | undefined, key: K, ...rest: Rest<T>): Promise<Awaited<T>>;
  run<T>(ctx: ContextLike | undefined, key: K, ...rest: Rest<T>): Promise<Awaited<T>> {
    if (typeof ctx === 'number') return Promise.reject(notAContext());
    const [n, f] = rest.length === 1 ? [undefined, rest[0]] : rest;
    return this.#ask(key, (entry) => entry.run(ctx, n, f));
  }

  /** Calls `f` with the entry of `key`, and lets the key go if that leaves it idle. */
  #ask<T>(key: K, f: (entry: Entry<K>) => T): T {
    const entry = this.#entries.get(key) ?? new Entry(this.#size, key, this.#entries);
    entry.asking++;
    try {
      return f(entry);
    } finally {
      entry.asking--;
      entry.leaveIfIdle();
    }
  }
}

type Rest<T> = [f: () => T] | [n: number, f: () => T];

function notAContext(): TypeError {
  return new TypeError('semaphore: the context comes first, the key second');
}

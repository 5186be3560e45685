import type { ContextLike } from '@gosync/context';
import { check, type First, notAFunction, type Task, weight } from './arguments.ts';
import { HeldPermit, type Permit } from './permit.ts';
import { Queue } from './queue.ts';

// One promise for everybody who need not wait: a free `acquire` allocates nothing.
const granted: Promise<void> = Promise.resolve();

/**
 * A counting semaphore whose requests have weights: callers share `size` units, each takes what it needs.
 *
 * Requests are served in order of arrival. One that does not fit yet holds up those behind it, so that small
 * requests cannot starve large ones. All weights are non-negative safe integers, 1 when left out.
 *
 * @example Two at a time
 * ```ts
 * import { Weighted } from '@gosync/semaphore';
 *
 * const sem = new Weighted(2);
 * const work = () => sem.run(async () => sem.available);
 * await Promise.all([work(), work(), work()]); // => [1, 0, 1]
 * sem.available; // => 2
 * ```
 * @see Go: https://github.com/golang/sync/blob/ec11c4a/semaphore/semaphore.go#L28
 */
export class Weighted {
  readonly #queue: Queue;

  /**
   * @param size - How many units there are to share: a non-negative safe integer.
   * @throws RangeError when it is anything else.
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/semaphore/semaphore.go#L21
   */
  constructor(size: number) {
    this.#queue = new Queue(size);
  }

  /** How many units there are in all. */
  get size(): number {
    return this.#queue.size;
  }

  /** Units that nobody holds; with requests waiting, fewer than the first of them needs. */
  get available(): number {
    return this.#queue.size - this.#queue.held;
  }

  /** How many requests are queued. */
  get waiting(): number {
    return this.#queue.waiters.length;
  }

  /**
   * Takes `n` units, waiting until its turn has come and they are free.
   *
   * **Cancellation**: a context that is done already rejects, even when there is room. While waiting, the end of
   * the context rejects and leaves the queue, which may let in those behind. Units that were granted stay
   * granted. The rejection is `cause(ctx)`.
   *
   * **Cost**: O(1), leaving the queue too; no allocation when there is room.
   *
   * @param ctx - Bounds the wait; may be left out.
   * @param n - More than `size` waits for the end of the context and holds nobody up.
   * @returns A promise. It rejects with a RangeError when `n` is not a weight, or is more than `size` under a
   * context that can never end; with a TypeError when `ctx` is not a `ContextLike`.
   *
   * @example A wait that is cut short
   * ```ts
   * import { Weighted } from '@gosync/semaphore';
   *
   * const sem = new Weighted(1);
   * await sem.acquire();
   * const controller = new AbortController();
   * const second = sem.acquire(controller.signal);
   * controller.abort('closing time');
   * await second.catch((reason) => console.log(reason));
   * // Output: closing time
   * ```
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/semaphore/semaphore.go#L38; differs: rejects with the
   * cause, and at once where Go would block for ever.
   */
  acquire(ctx: ContextLike | undefined, n?: number): Promise<void>;
  acquire(n?: number): Promise<void>;
  acquire(first?: First, second?: number): Promise<void> {
    return this.#queue.take(first, second, undefined) ?? granted;
  }

  /**
   * Takes `n` units if that needs no waiting, and returns whether it did. Never overtakes a waiting request.
   * @throws RangeError when `n` is not a weight.
   * @example Only if it is free
   * ```ts
   * import { Weighted } from '@gosync/semaphore';
   *
   * const sem = new Weighted(3);
   * sem.tryAcquire(2); // => true
   * sem.tryAcquire(2); // => false
   * ```
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/semaphore/semaphore.go#L111
   */
  tryAcquire(n: number = 1): boolean {
    return this.#queue.takeNow(check('weight', n));
  }

  /**
   * Gives `n` units back and lets in, in order, the waiting requests that fit now. They are granted when it
   * returns, and resume in their own time and async context.
   *
   * @throws RangeError when `n` is not a weight or more than is held; then nothing has changed.
   * @example A release too many is an error
   * ```ts
   * import { Weighted } from '@gosync/semaphore';
   *
   * const sem = new Weighted(2);
   * sem.tryAcquire(2);
   * try {
   *   sem.release(3);
   * } catch (err) {
   *   console.log(String(err));
   * }
   * // Output: RangeError: semaphore: released more than held: 3 of 2
   * ```
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/semaphore/semaphore.go#L122; differs: after the error
   * the semaphore is as it was.
   */
  release(n: number = 1): void {
    this.#queue.give(n);
  }

  /**
   * {@link Weighted.acquire}, handing out a {@link Permit}: for `using`, and safe to release twice.
   * @example
   * ```ts
   * import { Weighted } from '@gosync/semaphore';
   *
   * const sem = new Weighted(1);
   * const permit = await sem.permit();
   * permit.release();
   * permit.release(); // does nothing
   * sem.available; // => 1
   * ```
   * @see Go: none; there a release is deferred.
   */
  permit(ctx: ContextLike | undefined, n?: number): Promise<Permit>;
  permit(n?: number): Promise<Permit>;
  permit(first?: First, second?: number): Promise<Permit> {
    const permit = new HeldPermit(this, weight(first, second));
    return this.#queue.take(first, second, permit) ?? Promise.resolve(permit);
  }

  /**
   * {@link Weighted.tryAcquire}, handing out a {@link Permit}, or `undefined` when it would have had to wait.
   * @throws RangeError when `n` is not a weight.
   * @see Go: none; there a release is deferred.
   */
  tryPermit(n: number = 1): Permit | undefined {
    return this.tryAcquire(n) ? new HeldPermit(this, n) : undefined;
  }

  /**
   * Acquires, calls `f`, and releases when `f` has ended, however it did. With room, `f` is called synchronously.
   *
   * **Cancellation**: as in {@link Weighted.acquire}. `f` once begun is not stopped.
   *
   * @returns What `f` returns. Rejects with what it throws; or as {@link Weighted.acquire}, without calling it.
   * @example
   * ```ts
   * import { background } from '@gosync/context';
   * import { Weighted } from '@gosync/semaphore';
   *
   * const sem = new Weighted(10);
   * await sem.run(background(), 4, () => sem.available); // => 6
   * sem.available; // => 10
   * ```
   * @see Go: none; there the three steps are written out.
   */
  run<T>(f: () => T | PromiseLike<T>): Promise<T>;
  run<T>(ctxOrN: ContextLike | number | undefined, f: () => T | PromiseLike<T>): Promise<T>;
  run<T>(ctx: ContextLike | undefined, n: number, f: () => T | PromiseLike<T>): Promise<T>;
  async run<T>(...args: [Task<T>] | [First, Task<T>] | [First, number, Task<T>]): Promise<T> {
    const f = args[args.length - 1];
    const first = args.length === 1 ? undefined : args[0];
    const second = args.length === 3 ? args[1] : undefined;
    if (typeof f !== 'function') throw notAFunction(f);
    const wait = this.#queue.take(first, second, undefined);
    // Others may have come and gone when this resumes; the units are ours either way.
    if (wait) await wait;
    const n = weight(first, second);
    let value: T;
    try {
      value = await f();
    } catch (error) {
      // The caller hears what f threw, even when f gave back what it did not hold.
      if (n <= this.#queue.held) this.release(n);
      throw error;
    }
    this.release(n);
    return value;
  }
}

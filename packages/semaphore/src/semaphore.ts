import { cause, type Context, type ContextLike, from } from '@gosync/context';
import { check, checkRequest, checkRun, type First, type RunArgs, weight } from './arguments.ts';
import { checkEnd, notHeld } from './errors.ts';
import { inspectable } from './inspect.ts';
import { type Granted, List, PendingAcquire, type Waiter, type Watch } from './list.ts';
import { HeldPermit, type Permit } from './permit.ts';

// The platform's, as what an async function returns, also when a library replaces it later.
const { Promise } = globalThis;

// One promise for every request that need not wait: a free `acquire` allocates nothing.
const granted: Promise<void> = Promise.resolve();

/**
 * A counting semaphore whose requests have weights: callers share `size` units, and each takes as many as it needs.
 *
 * Requests are served in order of arrival. One that does not fit yet holds back the requests behind it, so that small
 * requests cannot starve large ones. All weights are non-negative safe integers, 1 when left out.
 *
 * A request for more than `size` waits outside the queue and holds back no other. It waits for its context to end, or
 * for {@link Weighted.resize} to make the semaphore large enough; then it is in the queue, in order of its arrival.
 *
 * `console.log` shows the three figures: `Weighted { size: 4, available: 1, waiting: 2 }`.
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
  // The states of a request:
  //
  //   acquire ── context is done ───────────▶ rejected ◀── context ends ─┬────────────┐
  //      ├────── fits, the queue is empty ──▶ granted  ◀── front, fits ──┤            │
  //      ├────── n <= size ─────────────────────────────────────────▶ queued          │
  //      │                                                            ▲ resize ▼      │
  //      └────── n > size ────────────────────────────────────▶ outside the queue ────┘
  //
  // Granted is final: a context that ends afterwards changes nothing.
  //
  // Invariants:
  // - held > size implies: the size was reduced, and nothing was granted since
  // - front is the first waiter with n <= size, which is queued; absent implies that the queue is empty
  // - front implies: it does not fit
  #size: number;
  #held = 0;
  #front: Waiter | undefined = undefined;
  /** In order of arrival, queued or outside the queue, so that a resize moves no waiter. */
  readonly #waiters = new List();

  static {
    inspectable(this.prototype, 'Weighted', ['size', 'available', 'waiting']);
  }

  /**
   * @param size - How many units there are to share: a non-negative safe integer.
   * @throws RangeError when it is anything else.
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/semaphore/semaphore.go#L21
   */
  constructor(size: number) {
    this.#size = check('size', size);
  }

  /** How many units there are in all; {@link Weighted.resize} changes it. */
  get size(): number {
    return this.#size;
  }

  /**
   * How many units are free: while requests queue, fewer than the first of them needs. 0 while more units are held
   * than a reduced size has.
   */
  get available(): number {
    return Math.max(this.#size - this.#held, 0);
  }

  /** How many requests wait, in the queue or outside it. */
  get waiting(): number {
    return this.#waiters.length;
  }

  /**
   * Takes `n` units; waits until no request is before this one in the queue, and `n` units are free.
   *
   * **Cancellation**: with a context that is done already, the promise rejects even when there is room. When the
   * context ends during the wait, the request leaves the queue, which may make room for the requests behind it, and the
   * promise rejects. Once granted, units stay granted. The rejection is `cause(ctx)`.
   *
   * **Cost**: O(1), leaving the queue too; no allocation when there is room.
   *
   * @param ctx - Ends the wait; may be left out.
   * @param n - A request for more than `size` waits outside the queue and holds back no other.
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
    return this.#acquire(first, second) ?? granted;
  }

  /** Takes the units now and returns nothing, or returns the wait for them, which resolves with `value`. */
  #acquire(first: First, second: number | undefined): Promise<undefined> | undefined;
  #acquire(first: First, second: number | undefined, value: Permit): Promise<Permit> | undefined;
  #acquire(first: First, second?: number, value?: Permit): Promise<Granted> | undefined {
    try {
      const n = checkRequest(first, second);
      const ctx = typeof first === 'number' ? undefined : first;
      // Not `ctx.err`: a foreign context may be late with it, and its signal knows. Adopted a second time only to
      // wait, as most requests need not (`pnpm bench acquire-free-context`).
      const reason = ctx === undefined ? undefined : cause(ctx);
      if (reason !== undefined) return Promise.reject(reason);
      return this.#take(n) ? undefined : this.#wait(ctx && from(ctx), n, value);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Takes `n` units if that needs no waiting. */
  #take(n: number): boolean {
    if (n > this.#size - this.#held || this.#front) return false;
    this.#held += n;
    return true;
  }

  #wait(ctx: Context | undefined, n: number, value: Granted): Promise<Granted> {
    if (n > this.#size) checkEnd(ctx, n, this.#size);
    const watch = ctx && this.#waiters.watch(ctx, this.#ended);
    const waiter = new PendingAcquire(n, value, watch);
    this.#waiters.push(waiter);
    if (n <= this.#size) this.#front ??= waiter;
    // There may be room by now: a foreign signal runs its own code when it gets a listener.
    if (watch) this.#notifyWaiters();
    return waiter.promise;
  }

  /**
   * Takes `n` units if that needs no waiting, and returns whether it took them. Never overtakes a waiting request.
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
    return this.#take(check('weight', n));
  }

  /**
   * Gives `n` units back and grants, in order, the waiting requests that fit now. When `release` returns, these
   * requests hold their units; their callers resume in microtasks, each in its own async context.
   *
   * @throws RangeError when `n` is not a weight or more than is held; then nothing has changed.
   * @example Releasing too much is an error
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
    check('weight', n);
    if (n > this.#held) throw notHeld(n, this.#held);
    this.#held -= n;
    this.#notifyWaiters();
  }

  /**
   * Changes how many units there are.
   *
   * Growing grants, in order, all waiting requests that fit now. Shrinking takes no units back: nothing is granted
   * until the held units fit the size again, and `available` is 0 meanwhile. A request that has become larger than the
   * size leaves the queue but goes on waiting; when it fits the size again, it is back in the queue, in order of its
   * arrival.
   *
   * A request that is too large when it arrives, and whose context can never end, rejects at once, as
   * {@link Weighted.acquire} says. So to pause all work, do not `resize(0)`: hold all units for a while.
   *
   * **Cost**: linear in the number of requests outside the queue; O(1) for each request that is granted.
   *
   * @param size - A non-negative safe integer.
   * @throws RangeError when it is anything else; then nothing has changed.
   * @example As many as the server can take at the moment
   * ```ts
   * import { Weighted } from '@gosync/semaphore';
   *
   * const requests = new Weighted(2);
   * requests.tryAcquire(2);
   * requests.resize(1); // the server is slow
   * requests.release();
   * requests.tryAcquire(); // => false
   * requests.resize(4);
   * requests.available; // => 3
   * ```
   * @see Go: none; asked for in https://github.com/golang/go/issues/29721.
   */
  resize(size: number): void {
    this.#size = check('size', size);
    this.#front = this.#inLine(this.#waiters.first);
    this.#notifyWaiters();
  }

  /** The first waiter from `waiter` on that is queued. */
  #inLine(waiter: Waiter | undefined): Waiter | undefined {
    while (waiter && waiter.n > this.#size) waiter = waiter.next;
    return waiter;
  }

  /** Grants, in order, what fits now. */
  #notifyWaiters(): void {
    for (let next = this.#front; next; next = this.#front) {
      // Not enough for the next waiter. Granting smaller requests behind it could starve it.
      if (next.n > this.#size - this.#held) return;
      const reason = next.watch?.reason;
      // A foreign context runs its own code when it is asked, and may have come back to this semaphore.
      if (next !== this.#front || next.n > this.#size - this.#held) continue;
      this.#remove(next);
      if (reason === undefined) this.#held += next.grant();
      // Its context has just ended, and the callback is still to come: nothing is granted after the end.
      else next.fail(reason);
      // Settled before: the signal that the callback is taken off may be foreign.
      next.watch?.stop();
    }
  }

  /** A context has ended: its waiters leave. */
  readonly #ended = (watch: Watch): void => {
    const { reason } = watch;
    for (let waiter = watch.first; waiter; waiter = watch.first) {
      this.#remove(waiter);
      waiter.fail(reason);
    }
    // To leave makes room, as a release does. A subclass hears of both in one place.
    this.release(0);
  };

  #remove(waiter: Waiter): void {
    if (waiter === this.#front) this.#front = this.#inLine(waiter.next);
    this.#waiters.remove(waiter);
  }

  /**
   * Like {@link Weighted.acquire}, but resolves with a {@link Permit}: for `using`, and safe to release twice.
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
    return this.#acquire(first, second, permit) ?? Promise.resolve(permit);
  }

  /**
   * Like {@link Weighted.tryAcquire}, but returns a {@link Permit}, or `undefined` when it would have to wait.
   * @throws RangeError when `n` is not a weight.
   * @see Go: none; there a release is deferred.
   */
  tryPermit(n: number = 1): Permit | undefined {
    return this.tryAcquire(n) ? new HeldPermit(this, n) : undefined;
  }

  /**
   * Acquires, calls `f`, and releases when `f` has succeeded or failed. With room, `f` is called synchronously.
   *
   * **Cancellation**: as in {@link Weighted.acquire}. Once called, `f` is not stopped.
   *
   * @param f - May return a value or a promise: `run(() => cache.get(key) ?? load(key))`.
   * @returns What `f` returns. Rejects with the error of `f`; or as {@link Weighted.acquire}, without calling `f`.
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
  run<T>(...args: RunArgs<T>): Promise<Awaited<T>>;
  async run<T>(...args: RunArgs<T>): Promise<Awaited<T>> {
    const [first, n, f] = checkRun(args);
    const wait = this.#acquire(first, n);
    // Others may have come and gone when this resumes; the units are ours either way.
    if (wait) await wait;
    let value: Awaited<T>;
    try {
      value = await f();
    } catch (error) {
      // The caller hears what f threw, even when f gave back what it did not hold.
      if (n <= this.#held) this.release(n);
      throw error;
    }
    this.release(n);
    return value;
  }
}

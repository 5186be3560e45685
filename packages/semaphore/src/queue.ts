import { afterFunc, background, cause, type Context, from } from '@gosync/context';
import { check, type First, weight } from './arguments.ts';
import { List, Waiter, type Waiting, Watch } from './list.ts';

/**
 * The units of a semaphore and who waits for them.
 *
 *   request ── context done ─────────▶ rejected ◀── context ends ──┐
 *      ├────── fits, nobody queued ──▶ granted  ◀── turn and fits ─┤
 *      ├────── larger than size ─────▶ doomed ──── context ends ───┼──▶ rejected
 *      └────── else ───────────────────────────────────────────▶ queued
 *
 * Granted is final: a context that ends afterwards changes nothing.
 */
export class Queue {
  // Invariants:
  // - 0 <= held <= size
  // - waiters imply: the first of them does not fit, or its context has just ended
  // - no waiter is larger than `size`
  readonly size: number;
  held = 0;
  readonly waiters: List = new List();

  constructor(size: number) {
    this.size = check('size', size);
  }

  /** Takes a valid `n` if that needs no waiting. */
  takeNow(n: number): boolean {
    if (n > this.size - this.held || this.waiters.length > 0) return false;
    this.held += n;
    return true;
  }

  /**
   * Takes what a request (`(ctx, n)`, `(ctx)`, `(n)` or `()`) asks for now and returns nothing, or returns the wait
   * for it, which resolves with `value`.
   */
  take<T>(first: First, second: number | undefined, value: T): Promise<T> | undefined {
    try {
      if (typeof first === 'number' && second !== undefined) {
        throw new TypeError('semaphore: the context comes first, the weight second');
      }
      const n = check('weight', weight(first, second));
      // Adopted once: what was handed in may be another object's `signal`, and change.
      const ctx = first === undefined || typeof first === 'number' ? undefined : from(first);
      // The cause is looked for only if there is one (`pnpm bench acquire-free-context`: 39 ns, 48 otherwise).
      const reason = ctx?.err && cause(ctx);
      if (reason !== undefined) return Promise.reject(reason);
      if (this.takeNow(n)) return undefined;
      return n > this.size ? this.#doomed(ctx, n) : this.#queue(ctx, n, value);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  give(n: number): void {
    check('weight', n);
    if (n > this.held) {
      throw new RangeError(`semaphore: released more than held: ${n} of ${this.held}`);
    }
    this.held -= n;
    this.#letIn();
  }

  #queue<T>(ctx: Context | undefined, n: number, value: T): Promise<T> {
    const { waiters } = this;
    return new Promise((resolve, reject) => {
      if (ctx === undefined) return waiters.push(new Waiter(n, value, resolve));
      // Not of one that stands further ahead: others between them would be dropped or passed over with them.
      let watch = waiters.last?.watch;
      if (watch?.ctx !== ctx) watch = new Watch(ctx, this.#ended);
      waiters.push(new Waiter(n, value, resolve, watch, reject));
    });
  }

  readonly #ended = (watch: Watch): void => {
    const { reason } = watch;
    for (let waiter = watch.first; waiter; waiter = watch.first) this.#drop(waiter, reason);
    this.#letIn();
  };

  /** The wait of a request that can never be served: it ends with its context and holds nobody up. */
  #doomed(ctx: Context | undefined, n: number): Promise<never> {
    // All contexts that can never end have the background's signal.
    if (ctx === undefined || ctx.signal === background().signal) {
      throw new RangeError(`semaphore: acquire would wait for ever: ${n} of ${this.size}`);
    }
    return new Promise((_resolve, reject) => {
      afterFunc(ctx, () => reject(cause(ctx)));
    });
  }

  #drop(waiter: Waiting, reason: unknown): void {
    this.waiters.remove(waiter);
    waiter.leave(reason);
  }

  /** Grants, in order, all that fits now. */
  #letIn(): void {
    const { waiters } = this;
    for (let waiter = waiters.first; waiter; waiter = waiters.first) {
      const reason = waiter.watch?.reason;
      if (reason !== undefined) {
        // Its context has just ended and its callback is still to come: nobody is granted after that.
        this.#drop(waiter, reason);
      } else if (waiter.n <= this.size - this.held) {
        waiters.remove(waiter);
        this.held += waiter.n;
        waiter.grant();
      } else {
        return;
      }
    }
  }
}

import { afterFunc, cause, type Context } from '@gosync/context';
import type { Permit } from './permit.ts';

// The platform's, also when a library replaces it later.
const { Promise } = globalThis;

/** The callback on a context that neighbors in the list share when they wait under the same one (`pnpm bench abort-waiters`). */
export class Watch {
  // Invariant: the waiters it covers stand next to each other in the list, `first` and those behind it.
  readonly ctx: Context;
  /** The first waiter that it covers; absent when it covers none. Written by {@link List} alone. */
  first: Waiter | undefined;
  readonly #stop: () => boolean;
  #hasEnded = false;

  /** @param ended - called when the context ends, unless the callback was taken off before. */
  constructor(ctx: Context, ended: (watch: Watch) => void) {
    this.ctx = ctx;
    this.first = undefined;
    this.#stop = afterFunc(ctx, () => {
      this.#hasEnded = true;
      ended(this);
    });
  }

  /** Why its waiters no longer want what they queued for; `undefined` while they do. */
  get reason(): unknown {
    try {
      return cause(this.ctx);
    } catch (error) {
      // A foreign context that cannot be asked: what it throws is all that is known about its end.
      return this.#hasEnded ? error : undefined;
    }
  }

  /** Takes the callback off the context if it covers no waiter any more. */
  stop(): void {
    if (this.first === undefined) this.#stop();
  }
}

/** One waiting request, whatever it waits for. Its states are drawn at the head of `Weighted`. */
export interface Waiter {
  readonly n: number;
  /** Absent when it has no context, and so waits to the end. */
  readonly watch: Watch | undefined;
  /** Its neighbors, written by {@link List} alone. */
  previous: Waiter | undefined;
  next: Waiter | undefined;
  /** Returns what it holds from now on: `n`. */
  grant(): number;
  fail(reason: unknown): void;
}

/** What the wait for units resolves with. */
export type Granted = Permit | undefined;

// The functions of the promise that was made last, until its waiter has them. One executor for all promises, as one
// for each takes the lead over other semaphores (`pnpm bench contended`).
let resolve: (value: Granted) => void = Boolean; // does nothing
let reject: (reason: unknown) => void = Boolean;
const executor = (resolveOf: typeof resolve, rejectOf: typeof reject): void => {
  resolve = resolveOf;
  reject = rejectOf;
};

// Few fields, none of them private to the engine (`pnpm bench contended`).
export class PendingAcquire implements Waiter {
  readonly n: number;
  readonly watch: Watch | undefined;
  previous: Waiter | undefined;
  next: Waiter | undefined;
  /** Resolves with `value` when the units are granted. */
  readonly promise: Promise<Granted>;
  private readonly value: Granted;
  private readonly resolve: (value: Granted) => void;
  /** Absent without a context, so that the engine can drop the function. */
  private readonly reject: ((reason: unknown) => void) | undefined;

  constructor(n: number, value: Granted, watch: Watch | undefined) {
    this.n = n;
    this.watch = watch;
    this.previous = undefined;
    this.next = undefined;
    this.promise = new Promise(executor);
    this.value = value;
    this.resolve = resolve;
    this.reject = watch && reject;
    // Nothing may stay reachable through them.
    resolve = reject = Boolean;
  }

  grant(): number {
    this.resolve(this.value);
    return this.n;
  }

  fail(reason: unknown): void {
    this.reject?.(reason);
  }
}

/** The waiters in order of arrival, doubly linked through themselves: every operation is O(1) and allocates nothing. */
export class List {
  // Invariants: `first` is absent if and only if `length` is 0; a waiter is in at most one list.
  first: Waiter | undefined = undefined;
  last: Waiter | undefined = undefined;
  length = 0;

  /** The callback on `ctx` for the next waiter that is pushed: that of the last waiter, if it waits under the same. */
  watch(ctx: Context, ended: (watch: Watch) => void): Watch {
    const watch = this.last?.watch;
    return watch?.ctx === ctx ? watch : new Watch(ctx, ended);
  }

  push(waiter: Waiter): void {
    const { last } = this;
    waiter.previous = last;
    if (last) last.next = waiter;
    else this.first = waiter;
    this.last = waiter;
    this.length++;
    if (waiter.watch) waiter.watch.first ??= waiter;
  }

  remove(waiter: Waiter): void {
    const { previous, next, watch } = waiter;
    if (previous) previous.next = next;
    else this.first = next;
    if (next) next.previous = previous;
    else this.last = previous;
    waiter.previous = waiter.next = undefined;
    this.length--;
    if (watch?.first === waiter) watch.first = next?.watch === watch ? next : undefined;
  }
}

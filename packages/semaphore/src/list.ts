import { cause, type ContextLike } from '@gosync/context';

/** One request in the queue, whatever it waits for. Its states are drawn at the head of `Weighted`. */
export interface Waiting {
  readonly n: number;
  /** Its neighbours, written by {@link List} alone. */
  previous: Waiting | undefined;
  next: Waiting | undefined;
  /** Why it no longer wants what it queued for; `undefined` while it does. */
  canceled(): unknown;
  grant(): void;
  cancel(reason: unknown): void;
}

export class Waiter<T> implements Waiting {
  readonly n: number;
  previous: Waiting | undefined;
  next: Waiting | undefined;
  /** Takes the waiter's callback off its context. Absent when it has no context. */
  stop: (() => boolean) | undefined;
  readonly #ctx: ContextLike | undefined;
  readonly #value: T;
  readonly #resolve: (value: T) => void;
  readonly #reject: (reason: unknown) => void;

  constructor(
    ctx: ContextLike | undefined,
    n: number,
    value: T,
    resolve: (value: T) => void,
    reject: (reason: unknown) => void,
  ) {
    this.n = n;
    this.#ctx = ctx;
    this.stop = undefined;
    this.previous = undefined;
    this.next = undefined;
    this.#value = value;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  canceled(): unknown {
    return this.#ctx && cause(this.#ctx);
  }

  grant(): void {
    this.stop?.();
    this.#resolve(this.#value);
  }

  cancel(reason: unknown): void {
    this.stop?.();
    this.#reject(reason);
  }
}

/** The waiters in order of arrival, doubly linked through themselves: every operation is O(1) and allocates nothing. */
export class List {
  // Invariants: `first` is absent if and only if `length` is 0; a waiter is in at most one list.
  first: Waiting | undefined = undefined;
  length = 0;
  #last: Waiting | undefined = undefined;

  push(waiter: Waiting): void {
    waiter.previous = this.#last;
    if (this.#last) this.#last.next = waiter;
    else this.first = waiter;
    this.#last = waiter;
    this.length++;
  }

  /** Takes out `waiter`, which must be in this list. */
  remove(waiter: Waiting): void {
    const { previous, next } = waiter;
    if (previous) previous.next = next;
    else this.first = next;
    if (next) next.previous = previous;
    else this.#last = previous;
    waiter.previous = waiter.next = undefined;
    this.length--;
  }
}

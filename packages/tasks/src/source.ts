import { afterFunc, cause, type Context } from '@gosync/context';
import { show } from './check.ts';
import type { Items } from './task.ts';

type Step = IteratorResult<unknown, unknown>;

const { [Symbol.iterator]: valuesOf } = Array.prototype;

/** Where items come from, one at a time. */
export class Source {
  // Invariants:
  // - the iterator is not asked again before it has answered
  // - it is not called once it is at its end, has thrown, or has been closed
  readonly isAsync: boolean;
  /** The item that was taken last. */
  item: unknown = undefined;
  readonly #items: Items<unknown>;
  /** Absent until the first item is taken. */
  #iterator: Iterator<unknown> | AsyncIterator<unknown> | undefined;
  /** Present for a plain array, which needs no iterator: its end is known, and to take of it runs no other code. */
  readonly #array: readonly unknown[] | undefined;
  /** How many items of the array were taken. */
  #taken = 0;
  #ended = false;
  /** Whether an async iterator has been asked and has not answered. */
  #asked = false;

  constructor(items: Items<unknown>) {
    this.#items = items;
    this.isAsync = isAsync(items);
    this.#array = Array.isArray(items) && items[Symbol.iterator] === valuesOf ? items : undefined;
  }

  /** Whether it is known that there are no more items. */
  get exhausted(): boolean {
    return this.#ended || (this.#array !== undefined && this.#taken >= this.#array.length);
  }

  /** How many items there are in all, as far as that is known. */
  get size(): number {
    return this.#array ? this.#array.length : 0;
  }

  /** Whether to take an item runs code of the caller's. */
  get runsCode(): boolean {
    return this.#array === undefined;
  }

  /** Takes the next item of a source that is not async, and returns whether there was one. */
  take(): boolean {
    if (this.#array) {
      if (this.exhausted) return false;
      this.item = this.#array[this.#taken++];
      return true;
    }
    // Stays so when the iterator throws: like `for … of`, we do not close it then.
    this.#ended = true;
    return this.#read(this.#open().next());
  }

  /** Takes the next item of an async source. Rejects with the cause of `ctx` when that ends first. */
  takeAsync(ctx: Context): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const stop = afterFunc(ctx, () => reject(cause(ctx)));
      // Handled also when it comes too late.
      this.#ask().then(resolve, reject).finally(stop);
    });
  }

  /** Closes the source, which must not be at its end, and waits for that, unless it has not answered yet. */
  async close(): Promise<void> {
    this.#ended = true;
    if (!this.#asked) await this.#iterator?.return?.();
    // An async generator would first go on to its next `yield`, and may never come there.
    else this.#closeLater().catch(() => {});
  }

  async #closeLater(): Promise<void> {
    await this.#iterator?.return?.();
  }

  #open(): Iterator<unknown> | AsyncIterator<unknown> {
    const items = this.#items;
    return (this.#iterator ??= isAsync(items)
      ? items[Symbol.asyncIterator]()
      : items[Symbol.iterator]());
  }

  async #ask(): Promise<boolean> {
    this.#asked = true;
    try {
      return this.#read(await this.#open().next());
    } catch (error) {
      this.#ended = true;
      throw error;
    } finally {
      this.#asked = false;
    }
  }

  #read(step: unknown): boolean {
    if (!isStep(step)) throw new TypeError(`tasks: not an iterator result: ${show(step)}`);
    const isLast = Boolean(step.done);
    if (!isLast) this.item = step.value;
    // Here, and not before: `done` and `value` may be getters that throw.
    this.#ended = isLast;
    return !isLast;
  }
}

function isStep(step: unknown): step is Step {
  return typeof step === 'object' && step !== null;
}

function isAsync(items: Items<unknown>): items is AsyncIterable<unknown> {
  return typeof Object(items)[Symbol.asyncIterator] === 'function';
}

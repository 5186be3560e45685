import type { ContextLike } from '@gosync/context';
import { checkFunction, checkItems, checkLimit, checkOptions, parentOf } from './check.ts';
import { Streaming } from './streaming.ts';
import type { ItemOptions, Items, Mapper } from './task.ts';
import type { Run } from './call.ts';

/** The options of {@link stream}. */
export interface StreamOptions<T> extends ItemOptions<T> {
  /** How many tasks run, or have a result that has not been read: a positive integer. */
  readonly limit: number;
  /** `false`: results come as they are ready. Left out: in the order of the items. */
  readonly ordered?: boolean | undefined;
}

/** Results that are read while the work runs, once: for `for await`, or by `next`. */
export interface Stream<R> {
  /** The next result. Reads are served in their order. */
  next(): Promise<IteratorResult<R, undefined>>;
  /** Leaves the stream: ends the work, and resolves when nothing of it is running. */
  return(): Promise<IteratorResult<R, undefined>>;
  /** This stream: it has one reader. */
  [Symbol.asyncIterator](): Stream<R>;
  /** As {@link Stream.return}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

type Step = Promise<IteratorResult<unknown, undefined>>;

class Results implements Stream<unknown> {
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;
  readonly #work: Streaming;

  constructor(work: Streaming) {
    this.#work = work;
  }

  static {
    const asyncDispose: symbol = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');
    Object.defineProperty(this.prototype, asyncDispose, {
      async value(this: Results): Promise<void> {
        await this.return();
      },
    });
  }

  next(): Step {
    return this.#work.read();
  }

  async return(): Step {
    await this.#work.leave();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/**
 * As {@link map}, with results that are read while the work runs, and back-pressure: an item is taken only when fewer
 * than `limit` tasks run or have a result that nobody has read.
 *
 * Work begins with the first read, in the async context of the caller of `stream`. Leaving the loop, however that is
 * done, ends the work and waits until nothing of it is running. When `f` or the source fails, nothing more is delivered:
 * the next read rejects with that error when all that had begun have ended, and reads after that say `done`.
 *
 * **Cancellation**: under a context that is done no item is taken, and the first read rejects. When `ctx` ends
 * meanwhile, so do the contexts of the tasks, and nothing further begins. The next read rejects with `cause(ctx)` when
 * all have ended, unless all items were taken and succeed.
 *
 * **Cost**: O(1) for each item; memory for `limit` results.
 *
 * @param ctx - Bounds the work; `undefined` for none.
 * @param items - As for {@link map}.
 * @param f - As for {@link map}.
 * @param options - `limit` has to be given. With `ordered: false` results come as they are ready.
 * @throws TypeError or RangeError when an argument is none.
 *
 * @example No further than the reader wants to go
 * ```ts
 * import { stream } from '@gosync/tasks';
 *
 * function* naturals(): Generator<number> {
 *   for (let n = 1; ; n++) yield n;
 * }
 * const squares: number[] = [];
 * for await (const square of stream(undefined, naturals(), async (_ctx, n) => n * n, { limit: 4 })) {
 *   if (square > 20) break;
 *   squares.push(square);
 * }
 * squares; // => [1, 4, 9, 16]
 * ```
 *
 * @see Go: none; conc's `stream` is its nearest relative.
 */
export function stream<T, R>(
  ctx: ContextLike | undefined,
  items: Items<T>,
  f: Mapper<T, R>,
  options: StreamOptions<T>,
): Stream<R>;
export function stream(
  ctx: ContextLike | undefined,
  items: Items<unknown>,
  f: Run,
  options: StreamOptions<never>,
): Stream<unknown> {
  checkItems(items);
  checkFunction('mapper', f);
  checkLimit(options?.limit);
  checkOptions(options);
  return new Results(new Streaming(parentOf(ctx), items, f, options));
}

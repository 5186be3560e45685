import type { ContextLike } from '@gosync/context';
import { checkFunction, checkItems, checkLimit, checkOptions, parentOf } from './check.ts';
import { Streaming } from './streaming.ts';
import type { ItemOptions, Items, Mapper } from './task.ts';
import type { Run } from './work.ts';

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

import type { Context } from '@gosync/context';
import type { Weighted } from '@gosync/semaphore';

/**
 * A function that does one piece of work, usually async. Its context ends when the work is to stop, and when the
 * task has ended.
 *
 * @see Go: https://github.com/golang/sync/blob/ec11c4a/errgroup/errgroup.go#L72; differs: has a result, and gets
 * its context as a parameter.
 */
export type Task<T> = (ctx: Context) => T | PromiseLike<T>;

/** What bounds how many tasks run at once. Both may be given; each task then needs room under both. */
export interface Options {
  /** How many tasks of this call run at once: a positive integer. Left out: all of them. */
  readonly limit?: number | undefined;
  /**
   * A budget that is shared with others. Each task takes one unit before it begins, in the semaphore's own order,
   * and gives it back when it has ended.
   */
  readonly semaphore?: Weighted | undefined;
}

/** {@link Options} of work on items. */
export interface ItemOptions<T> extends Options {
  /** How many units of `semaphore` an item takes: a non-negative integer, at most its size. Left out: 1. */
  readonly weight?: ((item: T, index: number) => number) | undefined;
}

/** What `map` and `stream` take their items from. */
export type Items<T> = Iterable<T> | AsyncIterable<T>;

/** What `map` and `stream` call for each item: the context first, then the item and its place among the items. */
export type Mapper<T, R> = (ctx: Context, item: T, index: number) => R | PromiseLike<R>;

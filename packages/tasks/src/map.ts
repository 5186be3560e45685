import { cause, type Context, type ContextLike } from '@gosync/context';
import { checkFunction, checkItems, checkOptions, parentOf } from './check.ts';
import { Source } from './source.ts';
import type { ItemOptions, Items, Mapper } from './task.ts';
import type { Run } from './call.ts';
import { together } from './together.ts';
import { Work } from './work.ts';

/** The options of {@link map}. */
export interface MapOptions<T> extends ItemOptions<T> {
  /** `true`: a failure stops nobody, and each result says whether its task succeeded, as with `Promise.allSettled`. */
  readonly settle?: boolean | undefined;
}

/** Work whose results are collected in the order of the items. */
class Mapping extends Work {
  readonly #results: unknown[] = [];
  readonly #isSettling: boolean;
  // Set before the work begins.
  #resolve: (results: unknown[]) => void = Boolean;
  #reject: (reason: unknown) => void = Boolean;

  constructor(parent: Context, source: Source, f: Run, options: MapOptions<never>) {
    super(parent, source, f, options);
    this.#isSettling = options.settle === true;
  }

  results(): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.begin();
    });
  }

  protected succeed(index: number, value: unknown): void {
    this.held--;
    this.#results[index] = this.#isSettling ? { status: 'fulfilled', value } : value;
  }

  protected fail(index: number, reason: unknown): void {
    this.held--;
    // What fails after the end of the context may fail because of it: the caller is to hear why.
    if (this.#isSettling && !this.ctx.err) this.#results[index] = { status: 'rejected', reason };
    else this.stop(reason);
  }

  protected finish(): void {
    if (this.failure) this.#reject(this.failure.reason);
    else this.#resolve(this.#results);
  }
}

/** Whether all begins at once, and the first failure decides. */
function isUnbounded({ limit, semaphore, settle }: MapOptions<never>): boolean {
  return limit === undefined && semaphore === undefined && settle !== true;
}

/** Runs `f` for each item and returns the results in their order. Takes no item when `ctx` is done. */
export function collect(
  ctx: ContextLike | undefined,
  items: Items<unknown>,
  f: Run,
  options: MapOptions<never>,
): Promise<unknown[]> {
  const parent = parentOf(ctx);
  if (parent.err) return Promise.reject(cause(parent));
  const source = new Source(items);
  if (!source.isAsync && isUnbounded(options)) return together(parent, source, f);
  return new Mapping(parent, source, f, options).results();
}

/**
 * Calls `f` for each item, as many at once as there is room for, and returns the results in the order of the items.
 *
 * Items are taken when there is room, one at a time: a source may be endless, or slow, or larger than memory. It may
 * be async. One that is left early is closed, by its `return`. With room `f` is called synchronously. When `f` or the
 * source fails, the contexts of the tasks end with that error as their cause, nothing further begins, and the call
 * rejects with that error when all that had begun have ended. Later errors are dropped.
 *
 * **Cancellation**: under a context that is done no item is taken. When `ctx` ends meanwhile, so do the contexts of the
 * tasks, and nothing further begins. The call rejects with `cause(ctx)`, unless all items were taken and succeed. A
 * source that does not answer is not waited for.
 *
 * **Cost**: O(1) for each item. Without a limit, all items are taken at once.
 *
 * @param ctx - Bounds the work; `undefined` for none.
 * @param items - An iterable or async iterable. Items that are promises are not awaited: `f` gets them.
 * @param f - Gets a context that ends when the work is to stop and when its result is there, the item, and its index.
 * @param options - `limit` bounds the tasks of this call, `semaphore` those of all that share it. With
 * `settle: true` a failing task stops nobody, and results are as with `Promise.allSettled`.
 * @returns A promise that settles when nothing of the call is running. It rejects with a TypeError or RangeError,
 * before anything begins, when an argument is none; and with a RangeError when an item weighs more than `semaphore`
 * has in all.
 *
 * @example Two at a time
 * ```ts
 * import { map } from '@gosync/tasks';
 *
 * const pages = ['data:,one', 'data:,two', 'data:,three'];
 * const load = async (signal: AbortSignal, url: string) => (await fetch(url, { signal })).text();
 * const texts = await map(undefined, pages, (ctx, url) => load(ctx.signal, url), { limit: 2 });
 * texts; // => ['one', 'two', 'three']
 * ```
 *
 * @example By weight, from a budget that others share
 * ```ts
 * import { Weighted } from '@gosync/semaphore';
 * import { map } from '@gosync/tasks';
 *
 * const megabytes = new Weighted(100);
 * const files = [{ size: 60 }, { size: 30 }, { size: 50 }];
 * const free = await map(undefined, files, async () => megabytes.available, {
 *   semaphore: megabytes,
 *   weight: (file) => file.size,
 * });
 * free; // => [40, 10, 50]
 * ```
 *
 * @see Go: none; conc's `iter.Map` is its nearest relative.
 */
export function map<T, R>(
  ctx: ContextLike | undefined,
  items: Items<T>,
  f: Mapper<T, R>,
  options: MapOptions<T> & { readonly settle: true },
): Promise<PromiseSettledResult<R>[]>;
export function map<T, R>(
  ctx: ContextLike | undefined,
  items: Items<T>,
  f: Mapper<T, R>,
  options?: MapOptions<T> & { readonly settle?: false | undefined },
): Promise<R[]>;
export function map<T, R>(
  ctx: ContextLike | undefined,
  items: Items<T>,
  f: Mapper<T, R>,
  options: MapOptions<T>,
): Promise<R[] | PromiseSettledResult<R>[]>;
export function map(
  ctx: ContextLike | undefined,
  items: Items<unknown>,
  f: Run,
  options: MapOptions<never> = {},
): Promise<unknown[]> {
  try {
    checkItems(items);
    checkFunction('mapper', f);
    checkOptions(options);
    return collect(ctx, items, f, options);
  } catch (error) {
    return Promise.reject(error);
  }
}

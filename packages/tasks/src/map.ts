import { cause, type Context, type ContextLike } from '@gosync/context';
import { checkFunction, checkItems, checkOptions, parentOf } from './check.ts';
import { Source } from './source.ts';
import type { ItemOptions, Items, Mapper } from './task.ts';
import { type Run, Work } from './work.ts';

/** The options of {@link map}. */
export interface MapOptions<T> extends ItemOptions<T> {
  /** `true`: a failure stops nobody, and each result says whether its task succeeded, as with `Promise.allSettled`. */
  readonly settle?: boolean | undefined;
}

/** Work whose results are collected in the order of the items. */
class Mapping extends Work {
  readonly #results: unknown[] = [];
  readonly #isSettling: boolean;
  #resolve: (results: unknown[]) => void = () => {};
  #reject: (reason: unknown) => void = () => {};

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

/** Runs `f` for each item and returns the results in their order. Takes no item when `ctx` is done. */
export function collect(
  ctx: ContextLike | undefined,
  items: Items<unknown>,
  f: Run,
  options: MapOptions<never>,
): Promise<unknown[]> {
  const parent = parentOf(ctx);
  if (parent.err) return Promise.reject(cause(parent));
  return new Mapping(parent, new Source(items), f, options).results();
}

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

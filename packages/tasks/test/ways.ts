import type { Context, ContextLike } from '@gosync/context';
import type { Weighted } from '@gosync/semaphore';
import { all, allSettled, any, map, stream } from '@gosync/tasks';

/** What a test runs, whichever function runs it: a task for each of the items. */
export type Work = (ctx: Context, index: number) => unknown;

interface Bounds {
  readonly limit?: number;
  readonly semaphore?: Weighted;
}

/** One way to run a task for each of `n` items, to the end. */
export interface Way {
  readonly name: string;
  run(ctx: ContextLike | undefined, n: number, work: Work, bounds?: Bounds): Promise<unknown>;
}

export async function read<T>(results: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const result of results) list.push(result);
  return list;
}

export function indexes(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

export async function* slowly<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) {
    await Promise.resolve();
    yield item;
  }
}

const tasksOf = (n: number, work: Work): ((ctx: Context) => unknown)[] =>
  indexes(n).map((i) => (ctx) => work(ctx, i));
const unbounded = 1_000;

/** Those that end with the first failure. */
export const failing: readonly Way[] = [
  { name: 'all()', run: (ctx, n, work, bounds) => all(ctx, tasksOf(n, work), bounds) },
  {
    name: 'all() of a record',
    run: (ctx, n, work, bounds) => all(ctx, Object.fromEntries(tasksOf(n, work).entries()), bounds),
  },
  {
    name: 'map()',
    run: (ctx, n, work, bounds) => map(ctx, indexes(n), (own, i) => work(own, i), bounds),
  },
  {
    name: 'map() of an iterator',
    run: (ctx, n, work, bounds) => map(ctx, indexes(n).values(), (own, i) => work(own, i), bounds),
  },
  {
    name: 'map() of an async iterable',
    run: (ctx, n, work, bounds) => map(ctx, slowly(indexes(n)), (own, i) => work(own, i), bounds),
  },
  {
    name: 'stream()',
    run: (ctx, n, work, bounds) =>
      read(stream(ctx, indexes(n), (own, i) => work(own, i), { limit: unbounded, ...bounds })),
  },
  {
    name: 'stream() of an async iterable, unordered',
    run: (ctx, n, work, bounds) =>
      read(
        stream(ctx, slowly(indexes(n)), (own, i) => work(own, i), {
          limit: unbounded,
          ordered: false,
          ...bounds,
        }),
      ),
  },
];

/** Those that go on after a failure. */
export const settling: readonly Way[] = [
  {
    name: 'allSettled()',
    run: (ctx, n, work, bounds) => allSettled(ctx, tasksOf(n, work), bounds),
  },
  {
    name: 'map() that settles',
    run: (ctx, n, work, bounds) =>
      map(ctx, indexes(n), (own, i) => work(own, i), { ...bounds, settle: true }),
  },
];

export const first: Way = {
  name: 'any()',
  run: (ctx, n, work, bounds) => any(ctx, tasksOf(n, work), bounds),
};

export const ways: readonly Way[] = [...failing, ...settling, first];

/** Tasks that end when the test says so, and what has been seen of them. */
export class Tasks {
  readonly begun: number[] = [];
  readonly contexts: Context[] = [];
  running = 0;
  peak = 0;
  readonly #ends: { resolve(value: unknown): void; reject(reason: unknown): void }[] = [];

  readonly work: Work = (ctx, i) => {
    this.begun.push(i);
    this.contexts[i] = ctx;
    this.peak = Math.max(this.peak, ++this.running);
    return new Promise((resolve, reject) => {
      this.#ends[i] = { resolve, reject };
    });
  };

  end(i: number, value: unknown = i): void {
    this.running--;
    this.#ends[i]?.resolve(value);
  }

  endWithout(i: number): void {
    this.running--;
    this.#ends[i]?.resolve(undefined);
  }

  fail(i: number, reason: unknown): void {
    this.running--;
    this.#ends[i]?.reject(reason);
  }
}

import { background, type Context } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { all, allSettled, any, map, type Stream, stream, type Task } from '@gosync/tasks';
import { describe, expectTypeOf, it } from 'vitest';

const ctx = background();
const text: Task<string> = () => 'a';
const number = async (): Promise<number> => 1;
const later: AsyncIterable<boolean> = (async function* () {
  yield true;
})();
const either = (): number | Promise<string> => 1;
const double = async (_own: Context, n: number): Promise<number> => 2 * n;
function* tasksOf(): Generator<Task<number>> {
  yield number;
}
function* dates(): Generator<Date> {
  yield new Date();
}

describe('the types of all()', () => {
  it('give each result of a tuple its own type, and each task a context', () => {
    const tuple = all(ctx, [
      (own) => expectTypeOf(own).toEqualTypeOf<Context>(),
      async () => 1,
      text,
      () => undefined,
    ]);
    expectTypeOf(tuple).resolves.toEqualTypeOf<[true, number, string, undefined]>();
    const none = all(undefined, []);
    expectTypeOf(none).resolves.toEqualTypeOf<[]>();
  });

  it('take a tuple that is constant, and give back one that is not', () => {
    const constant = [number, text] as const;
    expectTypeOf(all(ctx, constant)).resolves.toEqualTypeOf<[number, string]>();
  });

  it('give the results of an array, a set or a generator one type', () => {
    expectTypeOf(
      all(
        ctx,
        [1, 2].map((n) => async () => n),
      ),
    ).resolves.toEqualTypeOf<number[]>();
    expectTypeOf(all(ctx, new Set([text]))).resolves.toEqualTypeOf<string[]>();
    expectTypeOf(all(ctx, tasksOf(), { limit: 2 })).resolves.toEqualTypeOf<number[]>();
    const readonly: readonly Task<string>[] = [text];
    expectTypeOf(all(ctx, readonly)).resolves.toEqualTypeOf<string[]>();
  });

  it('give the results of a record its keys', () => {
    const record = all(ctx, { a: async () => 1, b: (own) => own, c: text });
    expectTypeOf(record).resolves.toEqualTypeOf<{ a: number; b: Context; c: string }>();
    interface Named {
      readonly a: Task<number>;
    }
    const named: Named = { a: number };
    expectTypeOf(all(ctx, named)).resolves.toEqualTypeOf<{ a: number }>();
  });

  it('give a task with several kinds of results their union', () => {
    expectTypeOf(all(ctx, [either])).resolves.toEqualTypeOf<[number | string]>();
  });

  it('refuse what is no task', () => {
    // @ts-expect-error -- a promise is not a task
    expectTypeOf(() => all(ctx, [Promise.resolve()])).toBeFunction();
    // @ts-expect-error -- a task takes a context and nothing else
    expectTypeOf(() => all(ctx, [(_own: Context, n: number) => n])).toBeFunction();
    // @ts-expect-error -- a record has tasks
    expectTypeOf(() => all(ctx, { a: 1 })).toBeFunction();
    // @ts-expect-error -- the context comes first
    expectTypeOf(() => all([text])).toBeFunction();
    // @ts-expect-error -- nothing to weigh
    expectTypeOf(() => all(ctx, [text], { weight: () => 1 })).toBeFunction();
  });
});

describe('the types of allSettled()', () => {
  it('settle each result of a tuple, an iterable or a record', () => {
    expectTypeOf(allSettled(ctx, [number, text])).resolves.toEqualTypeOf<
      [PromiseSettledResult<number>, PromiseSettledResult<string>]
    >();
    expectTypeOf(allSettled(ctx, new Set([text]))).resolves.toEqualTypeOf<
      PromiseSettledResult<string>[]
    >();
    expectTypeOf(allSettled(ctx, { a: number })).resolves.toEqualTypeOf<{
      a: PromiseSettledResult<number>;
    }>();
  });
});

describe('the types of any()', () => {
  it('give the union of the results', () => {
    expectTypeOf(any(ctx, [number, text])).resolves.toEqualTypeOf<number | string>();
    expectTypeOf(any(ctx, [number, text] as const)).resolves.toEqualTypeOf<number | string>();
    expectTypeOf(any(ctx, new Set([text]))).resolves.toEqualTypeOf<string>();
    expectTypeOf(any(ctx, { a: number, b: text })).resolves.toEqualTypeOf<number | string>();
    expectTypeOf(any(ctx, [text], { stagger: 1, limit: 1 })).resolves.toEqualTypeOf<string>();
  });
});

describe('the types of map()', () => {
  it('give the mapper what the items are, of any iterable or async iterable', () => {
    const results = map(ctx, [1, 2], (own, n, i) => {
      expectTypeOf(own).toEqualTypeOf<Context>();
      expectTypeOf(n).toEqualTypeOf<number>();
      expectTypeOf(i).toEqualTypeOf<number>();
      return String(n);
    });
    expectTypeOf(results).toEqualTypeOf<Promise<string[]>>();
    expectTypeOf(map(ctx, later, async (_own, b) => b)).resolves.toEqualTypeOf<boolean[]>();
    expectTypeOf(map(ctx, 'text', (_own, c) => c)).resolves.toEqualTypeOf<string[]>();
    const pairs = new Map([['a', 1]]);
    expectTypeOf(map(ctx, pairs, (_own, [key, n]) => ({ key, n }))).resolves.toEqualTypeOf<
      { key: string; n: number }[]
    >();
    expectTypeOf(map(ctx, dates(), async (_own, d) => d)).resolves.toEqualTypeOf<Date[]>();
  });

  it('keep literals of a constant array, and unions', () => {
    const names = ['a', 'b'] as const;
    expectTypeOf(map(ctx, names, (_own, name) => name)).resolves.toEqualTypeOf<('a' | 'b')[]>();
    const mixed: (number | string)[] = [1, 'a'];
    expectTypeOf(map(ctx, mixed, async (_own, each) => each)).resolves.toEqualTypeOf<
      (number | string)[]
    >();
  });

  it('settle the results when asked to, and only then', () => {
    expectTypeOf(map(ctx, [1], double, { settle: true })).resolves.toEqualTypeOf<
      PromiseSettledResult<number>[]
    >();
    expectTypeOf(map(ctx, [1], double, { settle: false })).resolves.toEqualTypeOf<number[]>();
    const settle: boolean = Math.random() > 2;
    expectTypeOf(map(ctx, [1], double, { settle })).resolves.toEqualTypeOf<
      number[] | PromiseSettledResult<number>[]
    >();
  });

  it('give the weight what the items are', () => {
    const semaphore = new Weighted(9);
    const results = map(ctx, [{ size: 1 }], (_own, { size }) => size, {
      semaphore,
      weight: ({ size }, i) => size + i,
    });
    expectTypeOf(results).resolves.toEqualTypeOf<number[]>();
  });

  it('refuse what is not iterable', () => {
    // @ts-expect-error -- a number of items is not items
    expectTypeOf(() => map(ctx, 3, () => 1)).toBeFunction();
    // @ts-expect-error -- a stream's option
    expectTypeOf(() => map(ctx, [3], () => 1, { ordered: true })).toBeFunction();
  });
});

describe('the types of stream()', () => {
  it('give the results as they are awaited', () => {
    const results = stream(ctx, [1], async (_own, n) => String(n), { limit: 2 });
    expectTypeOf(results).toEqualTypeOf<Stream<string>>();
    expectTypeOf(results).toExtend<AsyncIterable<string>>();
    expectTypeOf(results).toExtend<AsyncDisposable>();
    expectTypeOf(results.next()).resolves.toEqualTypeOf<IteratorResult<string, undefined>>();
    expectTypeOf(map(ctx, results, (_own, s) => s.length)).resolves.toEqualTypeOf<number[]>();
  });

  it('ask for a limit', () => {
    // @ts-expect-error -- a stream is bounded
    expectTypeOf(() => stream(ctx, [1], (_own, n) => n, {})).toBeFunction();
    // @ts-expect-error -- a stream is bounded
    expectTypeOf(() => stream(ctx, [1], (_own, n) => n)).toBeFunction();
  });
});

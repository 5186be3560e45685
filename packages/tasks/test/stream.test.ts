import { background, cause, withCancelCause } from '@gosync/context';
import { stream } from '@gosync/tasks';
import { describe, expect, it } from 'vitest';
import { drain, watch } from '@gosync/testing/microtasks';
import { indexes, read, Tasks } from './ways.ts';

const done = { done: true, value: undefined };
const value = (result: unknown): unknown => ({ done: false, value: result });

function open(tasks: Tasks, n: number, limit: number, ordered?: boolean) {
  return stream(undefined, indexes(n), (ctx, i) => tasks.work(ctx, i), { limit, ordered });
}

describe('stream()', () => {
  it('begins nothing before it is read', async () => {
    const tasks = new Tasks();
    const results = open(tasks, 3, 2);
    await drain();
    expect(tasks.begun).toEqual([]);
    void results.next();
    await drain();
    expect(tasks.begun).toEqual([0, 1]);
  });

  it('takes an item only when fewer than limit run or wait to be read', async () => {
    const tasks = new Tasks();
    const results = open(tasks, 9, 3);
    const first = watch(results.next());
    await drain();
    for (const i of [1, 2]) tasks.end(i);
    await drain();
    expect([tasks.begun, first.state]).toEqual([[0, 1, 2], 'pending']);
    tasks.end(0);
    await drain();
    expect([tasks.begun, first.result]).toEqual([[0, 1, 2, 3], value(0)]);
    expect(await results.next()).toEqual(value(1));
    await drain();
    expect(tasks.begun).toEqual([0, 1, 2, 3, 4]);
  });

  it('gives results as they are ready when they need not be in order', async () => {
    const tasks = new Tasks();
    const results = open(tasks, 3, 3, false);
    const reads = [results.next(), results.next(), results.next(), results.next()].map(watch);
    await drain();
    for (const i of [2, 0, 1]) {
      tasks.end(i);
      await drain();
    }
    expect(reads.map(({ result }) => result)).toEqual([value(2), value(0), value(1), done]);
  });

  it('keeps results that need not be in order until they are read', async () => {
    const tasks = new Tasks();
    const results = open(tasks, 3, 2, false);
    const first = watch(results.next());
    await drain();
    tasks.end(1);
    await drain();
    tasks.end(2);
    await drain();
    tasks.end(0);
    await drain();
    expect(first.result).toEqual(value(1));
    expect([await results.next(), await results.next(), await results.next()]).toEqual([
      value(2),
      value(0),
      done,
    ]);
  });

  it('serves reads in their order, those after the end too', async () => {
    const tasks = new Tasks();
    const results = open(tasks, 2, 2);
    const reads = [results.next(), results.next(), results.next()].map(watch);
    await drain();
    tasks.end(1);
    await drain();
    expect(reads.map(({ state }) => state)).toEqual(['pending', 'pending', 'pending']);
    tasks.end(0);
    await drain();
    expect(reads.map(({ result }) => result)).toEqual([value(0), value(1), done]);
    expect(await results.next()).toEqual(done);
  });

  it('delivers nothing after a failure, and rejects the next read when all have ended', async () => {
    const tasks = new Tasks();
    const results = open(tasks, 9, 3);
    const first = watch(results.next());
    await drain();
    tasks.end(1, 'ready, but behind a failure');
    tasks.fail(0, 'failed');
    await drain();
    expect(first.state).toBe('pending');
    const others = [results.next(), results.next()].map(watch);
    tasks.end(2, 'too late');
    await drain();
    expect(first).toEqual({ state: 'rejected', result: 'failed' });
    expect(others.map(({ result }) => result)).toEqual([done, done]);
    expect(await results.next()).toEqual(done);
  });

  it('drops what waits to be read when a task fails', async () => {
    const tasks = new Tasks();
    const results = open(tasks, 9, 2);
    void results.next();
    await drain();
    tasks.end(0);
    await drain();
    tasks.end(1);
    await drain();
    tasks.fail(2, 'failed');
    await drain();
    await expect(results.next()).rejects.toBe('failed');
    expect(await results.next()).toEqual(done);
  });

  it('tells nobody of a failure when the reader leaves before it reads', async () => {
    const tasks = new Tasks();
    const results = open(tasks, 9, 2);
    void results.next();
    await drain();
    tasks.end(0);
    await drain();
    tasks.fail(1, 'failed');
    await drain();
    tasks.fail(2, 'failed too');
    await drain();
    expect(await results.return()).toEqual(done);
    expect(await results.next()).toEqual(done);
  });

  it.each(['break', 'throw', 'return', 'await using'])(
    'has nothing running when its loop is left by %s',
    async (how) => {
      const tasks = new Tasks();
      const leave = async (): Promise<void> => {
        const results = open(tasks, 9, 3);
        if (how === 'await using') {
          await using scope = results;
          await scope.next();
          return;
        }
        for await (const _ of results) {
          if (how === 'break') break;
          if (how === 'return') return;
          throw new Error('left');
        }
      };
      const outcome = watch(leave());
      await drain();
      tasks.end(0);
      await drain();
      // 1, 2, and 3 in the place of 0.
      const contexts = tasks.contexts.slice(1);
      expect(contexts.map((own) => own.err?.message)).toEqual(Array(3).fill('context canceled'));
      for (const i of [1, 2]) tasks.end(i);
      await drain();
      expect(outcome.state).toBe('pending');
      tasks.fail(3, 'canceled');
      await drain();
      expect(outcome.state).toBe(how === 'throw' ? 'rejected' : 'fulfilled');
      expect(tasks.begun).toEqual([0, 1, 2, 3]);
    },
  );

  it('ends reads that wait when it is left', async () => {
    const tasks = new Tasks();
    const results = open(tasks, 9, 1);
    const reading = watch(results.next());
    await drain();
    const left = [results.return(), results.return()].map(watch);
    await drain();
    expect([reading.state, ...left.map(({ state }) => state)]).toEqual(Array(3).fill('pending'));
    tasks.end(0);
    await drain();
    expect([reading.result, ...left.map(({ result }) => result)]).toEqual([done, done, done]);
  });

  it('may be left before it is read, and never begins then', async () => {
    const tasks = new Tasks();
    const results = open(tasks, 9, 1);
    expect(await results.return()).toEqual(done);
    expect(await results.next()).toEqual(done);
    await drain();
    expect(tasks.begun).toEqual([]);
  });

  it('ends reads that wait when it is left before it has begun', async () => {
    const tasks = new Tasks();
    const results = open(tasks, 9, 1);
    const reading = results.next();
    expect(await results.return()).toEqual(done);
    expect(await reading).toEqual(done);
    await drain();
    expect(tasks.begun).toEqual([]);
  });

  it('may be left when it has ended, and gives nothing then', async () => {
    const tasks = new Tasks();
    const results = open(tasks, 2, 2);
    void results.next();
    await drain();
    for (const i of [0, 1]) tasks.end(i);
    await drain();
    expect(await results.return()).toEqual(done);
    expect(await results.next()).toEqual(done);
  });

  it('may be left by one of its own tasks, which does not wait for itself', async () => {
    const results = stream(
      undefined,
      [1, 2, 3],
      async (_ctx, n) => {
        void results.return();
        return n;
      },
      { limit: 1 },
    );
    expect(await results.next()).toEqual(done);
  });

  it('delivers all that is complete though its context has ended', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const tasks = new Tasks();
    const results = stream(ctx, indexes(3), (own, i) => tasks.work(own, i), { limit: 3 });
    const first = watch(results.next());
    await drain();
    cancel('closed');
    for (const i of [0, 1, 2]) tasks.end(i);
    await drain();
    expect(first.result).toEqual(value(0));
    expect(await read(results)).toEqual([1, 2]);
  });

  it('closes its source when its context ends, though nobody reads', async () => {
    const [ctx, cancel] = withCancelCause(background());
    let closed = false;
    function* source(): Generator<number> {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        closed = true;
      }
    }
    const results = stream(ctx, source(), (_ctx, i) => i, { limit: 2 });
    expect(await results.next()).toEqual(value(0));
    await drain();
    cancel('closed');
    await drain();
    expect(closed).toBe(true);
    await expect(results.next()).rejects.toBe('closed');
  });

  it('rejects with the cause when its context ends before all were taken', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const tasks = new Tasks();
    const results = stream(ctx, indexes(9), (own, i) => tasks.work(own, i), { limit: 2 });
    const first = watch(results.next());
    await drain();
    cancel('closed');
    expect(tasks.contexts.map((own) => cause(own))).toEqual(['closed', 'closed']);
    tasks.fail(0, 'aborted');
    tasks.fail(1, 'aborted');
    await drain();
    expect(first).toEqual({ state: 'rejected', result: 'closed' });
  });

  it.each([5, 40])(
    'keeps the order, however far ahead of the first the others are (limit %s)',
    async (limit) => {
      const tasks = new Tasks();
      const n = 3 * limit;
      const results = open(tasks, n, limit);
      const seen: unknown[] = [];
      // More reads than there are results.
      for (let k = 0; k < n; k++) void results.next().then((step) => seen.push(step.value));
      await drain();
      for (let first = 0; first < n;) {
        // The last of those that run first, and an uneven number of them.
        const last = Math.min(first + limit - (first % 3), tasks.begun.length) - 1;
        for (let i = last; i >= first; i--) tasks.end(i);
        await drain();
        first = last + 1;
      }
      expect(seen).toEqual(indexes(n));
    },
  );

  it.each([5, 40])('keeps in order what is read late (limit %s)', async (limit) => {
    const seen: number[] = [];
    const results = stream(undefined, indexes(3 * limit), (_ctx, i) => i, { limit });
    for (let step = await results.next(); !step.done; step = await results.next()) {
      seen.push(step.value);
      await drain();
    }
    expect(seen).toEqual(indexes(3 * limit));
  });

  it('is its own iterator', () => {
    const results = open(new Tasks(), 1, 1);
    expect(results[Symbol.asyncIterator]()).toBe(results);
  });

  it('reads an endless source to where the reader stops', async () => {
    let taken = 0;
    function* naturals(): Generator<number> {
      for (;;) yield taken++;
    }
    const seen: number[] = [];
    for await (const n of stream(undefined, naturals(), async (_ctx, i) => i, { limit: 4 })) {
      seen.push(n);
      if (seen.length === 1_000) break;
    }
    expect(seen).toEqual(indexes(1_000));
    expect(taken).toBeLessThanOrEqual(1_004);
  });
});

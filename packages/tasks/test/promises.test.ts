import { afterFunc, background, cause, withCancel, withCancelCause } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { any, map } from '@gosync/tasks';
import { describe, expect, it } from 'vitest';
import { drain, watch } from '@gosync/testing/microtasks';
import { failing, first, settling, Tasks, ways } from './ways.ts';

describe.each(ways)('$name', ({ run }) => {
  it('calls tasks with contexts of their own, below that of the caller', async () => {
    const [ctx, cancel] = withCancel(background());
    const tasks = new Tasks();
    const outcome = watch(run(ctx, 3, tasks.work));
    await drain();
    expect(tasks.begun).toEqual([0, 1, 2]);
    expect(new Set(tasks.contexts).size).toBe(3);
    expect(tasks.contexts.map(({ err }) => err)).toEqual([undefined, undefined, undefined]);
    cancel();
    expect(tasks.contexts.map((own) => cause(own))).toEqual(Array(3).fill(cause(ctx)));
    for (const i of [0, 1, 2]) tasks.fail(i, 'stopped');
    await drain();
    expect(outcome).toEqual({ state: 'rejected', result: cause(ctx) });
  });

  it('rejects with the cause under a context that is done, and calls nothing', async () => {
    const tasks = new Tasks();
    for (const n of [0, 2]) {
      const [ctx, cancel] = withCancelCause(background());
      cancel('closed');
      await expect(run(ctx, n, tasks.work)).rejects.toBe('closed');
    }
    expect(tasks.begun).toEqual([]);
  });

  it('begins nothing after the end of its context, and waits for what had begun', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const tasks = new Tasks();
    const outcome = watch(run(ctx, 5, tasks.work, { limit: 2 }));
    await drain();
    cancel('closed');
    tasks.fail(0, 'aborted by a client');
    await drain();
    expect(outcome.state).toBe('pending');
    tasks.fail(1, 'aborted by a client');
    await drain();
    expect(outcome).toEqual({ state: 'rejected', result: 'closed' });
    expect(tasks.begun).toEqual([0, 1]);
  });

  it('leaves the queue of the semaphore when its context ends', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const semaphore = new Weighted(1);
    await semaphore.acquire();
    const tasks = new Tasks();
    const outcome = watch(run(ctx, 2, tasks.work, { semaphore }));
    await drain();
    expect(semaphore.waiting).toBeGreaterThan(0);
    cancel('closed');
    await drain();
    expect([semaphore.waiting, tasks.begun]).toEqual([0, []]);
    expect(outcome).toEqual({ state: 'rejected', result: 'closed' });
    semaphore.release();
    expect(semaphore.available).toBe(1);
  });

  it('begins nothing when units are granted and its context ends before it hears of them', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const semaphore = new Weighted(1);
    await semaphore.acquire();
    const tasks = new Tasks();
    const outcome = watch(run(ctx, 1, tasks.work, { semaphore }));
    await drain();
    semaphore.release();
    cancel('closed');
    await drain();
    expect([semaphore.available, tasks.begun]).toEqual([1, []]);
    expect(outcome).toEqual({ state: 'rejected', result: 'closed' });
  });

  it.each([1, 2, 3])('never runs more than %d at once', async (limit) => {
    const tasks = new Tasks();
    const outcome = watch(run(undefined, 6, tasks.work, { limit }));
    for (let i = 0; i < 6; i++) {
      await drain();
      expect(tasks.begun.length).toBe(Math.min(6, i + limit));
      if (run === first.run) tasks.fail(i, i);
      else tasks.end(i);
    }
    await drain();
    expect(tasks.peak).toBe(limit);
    expect(outcome.state).not.toBe('pending');
  });

  it('takes units of the semaphore for each task, in its order, and gives them back', async () => {
    const semaphore = new Weighted(2);
    const tasks = new Tasks();
    const outcome = watch(run(undefined, 4, tasks.work, { semaphore }));
    await drain();
    expect([tasks.begun, semaphore.available]).toEqual([[0, 1], 0]);
    const other = watch(semaphore.acquire());
    tasks.fail(1, 'out');
    await drain();
    // All functions ask for one unit after the other, or for all at once: then the other waits behind them.
    expect(tasks.begun.length + (other.state === 'fulfilled' ? 1 : 0)).toBeGreaterThan(2);
    for (let i = 0; i < 4; i++) {
      if (i !== 1 && tasks.begun.includes(i)) tasks.fail(i, 'out');
      await drain();
    }
    expect(outcome.state).not.toBe('pending');
    expect([other.state, semaphore.available]).toEqual(['fulfilled', 1]);
  });

  it('ends the context of a task when that has ended', async () => {
    const tasks = new Tasks();
    const outcome = watch(run(undefined, 2, tasks.work));
    await drain();
    let heard = 0;
    for (const own of tasks.contexts) afterFunc(own, () => heard++);
    tasks.fail(0, 'first');
    await drain();
    expect(tasks.contexts[0]?.err).toBeDefined();
    tasks.end(1);
    await drain();
    expect(tasks.contexts[1]?.err).toBeDefined();
    expect(heard).toBe(2);
    expect(outcome.state).not.toBe('pending');
  });

  it('waits for thenables once each', async () => {
    let calls = 0;
    await Promise.resolve(
      run(undefined, 3, () => ({
        // oxlint-disable-next-line unicorn/no-thenable -- what is tested
        then(resolve: (value: string) => void) {
          calls++;
          resolve('thenable');
        },
      })),
    );
    expect(calls).toBe(3);
  });

  // As `await` does.
  it.each<[string, PropertyDescriptor]>([
    ['says nothing', { value: () => {} }],
    [
      'throws when it is read',
      {
        get() {
          throw new Error('read');
        },
      },
    ],
  ])('asks a promise itself, not a `then` that it was given and that %s', async (_what, then) => {
    const outcome = watch(
      // oxlint-disable-next-line unicorn/no-thenable -- what is tested
      run(undefined, 1, () => Object.defineProperty(Promise.resolve('true'), 'then', then)),
    );
    await drain();
    expect(outcome.state).toBe('fulfilled');
  });
});

describe.each([...failing, ...settling])('$name', ({ run, name }) => {
  const wrapped = settling.some((way) => way.name === name);
  const ordered = (values: readonly unknown[]): unknown => {
    const results = wrapped ? values.map((value) => ({ status: 'fulfilled', value })) : values;
    return name.includes('record') ? Object.fromEntries(results.entries()) : results;
  };

  it('gives the results in the order of the tasks, undefined among them', async () => {
    const tasks = new Tasks();
    const outcome = watch(run(undefined, 3, tasks.work));
    await drain();
    for (const i of name.includes('unordered') ? [0, 1, 2] : [2, 0, 1]) {
      if (i === 1) tasks.endWithout(i);
      else tasks.end(i);
      await drain();
    }
    expect(outcome).toEqual({ state: 'fulfilled', result: ordered([0, undefined, 2]) });
  });

  it('is complete though its context has ended, when all had begun and succeed', async () => {
    const [ctx, cancel] = withCancel(background());
    const tasks = new Tasks();
    const outcome = watch(run(ctx, 2, tasks.work));
    await drain();
    cancel();
    tasks.end(0);
    tasks.end(1);
    await drain();
    expect(outcome).toEqual({ state: 'fulfilled', result: ordered([0, 1]) });
  });

  it('gives nothing for nothing', async () => {
    expect(await run(undefined, 0, () => 1)).toEqual(ordered([]));
  });

  it('takes plain results, of which some are null, without waiting', async () => {
    const seen: number[] = [];
    const values = [null, 0, ''];
    const results = run(undefined, 3, (_ctx, i) => {
      seen.push(i);
      return values[i];
    });
    expect(await results).toEqual(ordered(values));
    expect(seen).toEqual([0, 1, 2]);
  });
});

describe.each(failing)('$name', ({ run }) => {
  it.each([new Error('first'), undefined, null, 0])(
    'rejects with the first failure, %s, when all that had begun have ended',
    async (error) => {
      const tasks = new Tasks();
      const outcome = watch(run(undefined, 9, tasks.work, { limit: 3 }));
      await drain();
      tasks.fail(1, error);
      await drain();
      expect(tasks.contexts.map((own) => own.err !== undefined)).toEqual([true, true, true]);
      const [own = background()] = tasks.contexts;
      // A context that ended with `undefined` has its own error for a cause.
      expect(cause(own)).toBe(error === undefined ? own.err : error);
      tasks.fail(0, 'later');
      await drain();
      expect(outcome.state).toBe('pending');
      tasks.end(2);
      await drain();
      expect(outcome).toEqual({ state: 'rejected', result: error });
      expect(tasks.begun).toEqual([0, 1, 2]);
    },
  );

  it('ends the contexts of the tasks in the step in which it hears of the failure', async () => {
    const log: string[] = [];
    const tasks = new Tasks();
    const outcome = watch(run(undefined, 2, tasks.work));
    await drain();
    afterFunc(tasks.contexts[0] ?? background(), () => log.push('told'));
    tasks.fail(1, 'failed');
    // One step for the promise of the task; the next for one who hears of it after us.
    await Promise.resolve();
    await Promise.resolve();
    log.push('later');
    tasks.end(0);
    await drain();
    expect([log, outcome.state]).toEqual([['told', 'later'], 'rejected']);
  });

  it('takes a throw for a failure, and begins none of those behind', async () => {
    const seen: number[] = [];
    const failed = run(undefined, 3, (_ctx, i) => {
      seen.push(i);
      if (i === 1) throw new Error('at once');
      return i;
    });
    await expect(failed).rejects.toThrow('at once');
    expect(seen).toEqual([0, 1]);
  });

  it('rejects with the failure when that came before the end of the context', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const tasks = new Tasks();
    const outcome = watch(run(ctx, 2, tasks.work));
    await drain();
    tasks.fail(0, 'failed');
    await drain();
    cancel('closed');
    tasks.end(1);
    await drain();
    expect(outcome).toEqual({ state: 'rejected', result: 'failed' });
  });

  it('leaves the queue of the semaphore when a task fails', async () => {
    const semaphore = new Weighted(1);
    const tasks = new Tasks();
    const outcome = watch(run(undefined, 3, tasks.work, { semaphore }));
    await drain();
    const other = watch(semaphore.acquire());
    expect(semaphore.waiting).toBe(2);
    tasks.fail(0, 'failed');
    await drain();
    expect([outcome.state, other.state, tasks.begun]).toEqual(['rejected', 'fulfilled', [0]]);
    expect(semaphore.available).toBe(0);
  });
});

describe.each(settling)('$name', ({ run }) => {
  it('says of each task whether it succeeded, and stops nobody', async () => {
    const tasks = new Tasks();
    const outcome = watch(run(undefined, 3, tasks.work, { limit: 1 }));
    await drain();
    tasks.fail(0, 'first');
    await drain();
    expect(tasks.contexts[1]?.err).toBeUndefined();
    tasks.end(1, 'fine');
    await drain();
    tasks.fail(2, undefined);
    await drain();
    expect(outcome.result).toEqual([
      { status: 'rejected', reason: 'first' },
      { status: 'fulfilled', value: 'fine' },
      { status: 'rejected', reason: undefined },
    ]);
  });

  it('is complete when the context ends between a failure and a success', async () => {
    const [ctx, cancel] = withCancel(background());
    const tasks = new Tasks();
    const outcome = watch(run(ctx, 2, tasks.work));
    await drain();
    tasks.fail(0, 'failed');
    await drain();
    cancel();
    tasks.end(1);
    await drain();
    expect(outcome.result).toEqual([
      { status: 'rejected', reason: 'failed' },
      { status: 'fulfilled', value: 1 },
    ]);
  });
});

describe('map()', () => {
  it('calls the mapper synchronously while there is room', () => {
    const seen: unknown[] = [];
    void map(undefined, ['a', 'b', 'c'], async (_ctx, item, i) => seen.push([item, i]), {
      limit: 2,
    });
    expect(seen).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
  });

  it('gives the mapper undefined for a hole', async () => {
    const holes = [1, 2, 3];
    Reflect.deleteProperty(holes, 1);
    expect(await map(undefined, holes, (_ctx, n) => n)).toEqual([1, undefined, 3]);
  });

  it('hands on the results themselves', async () => {
    const value = { deep: [1] };
    const [result] = await map(undefined, [1], async () => value);
    expect(result).toBe(value);
  });

  it('may be called from within itself', async () => {
    const nested = map(undefined, [1, 2], (ctx, n) =>
      map(ctx, [10, 20], async (_own, m) => n * m, { limit: 1 }),
    );
    expect(await nested).toEqual([
      [10, 20],
      [20, 40],
    ]);
  });

  it('rejects with what happened first when tasks fail because a nested call has', async () => {
    const failed = map(undefined, [1, 2], (ctx, n) =>
      map(ctx, [n], async () => {
        throw new Error(`${n} failed`);
      }),
    );
    await expect(failed).rejects.toThrow('1 failed');
  });

  it.each([-1, 0.5, NaN, '1', undefined, null])(
    'rejects for an item that weighs %j',
    async (weight) => {
      const semaphore = new Weighted(5);
      const options: object = { semaphore, weight: () => weight };
      const shown = typeof weight === 'string' ? JSON.stringify(weight) : String(weight);
      await expect(map(undefined, [1], () => 1, options)).rejects.toThrow(
        new RangeError(`tasks: weight of item 0 is not a non-negative safe integer: ${shown}`),
      );
      expect(semaphore.available).toBe(5);
    },
  );

  it('rejects for an item that weighs more than there is, when what had begun has ended', async () => {
    const semaphore = new Weighted(100);
    const tasks = new Tasks();
    const outcome = watch(
      map(undefined, [1, 2, 3, 200, 5], (ctx, _n, i) => tasks.work(ctx, i), {
        semaphore,
        weight: (n) => n,
      }),
    );
    expect(tasks.begun).toEqual([0, 1, 2]);
    expect(tasks.contexts[0]?.err).toBeDefined();
    for (const i of [0, 1, 2]) tasks.end(i);
    await drain();
    expect(outcome.result).toEqual(new RangeError('tasks: item 3 weighs 200 of 100'));
    expect(semaphore.available).toBe(100);
  });

  it('rejects with what the weight throws', async () => {
    const semaphore = new Weighted(1);
    const options = {
      semaphore,
      weight(): number {
        throw new Error('no scales');
      },
    };
    await expect(map(undefined, [1], () => 1, options)).rejects.toThrow('no scales');
  });

  it('begins nothing when the weight ends the context', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const semaphore = new Weighted(1);
    const weight = (): number => {
      cancel('weighed');
      return 1;
    };
    let begun = 0;
    await expect(map(ctx, [1], () => begun++, { semaphore, weight })).rejects.toBe('weighed');
    expect([begun, semaphore.available]).toEqual([0, 1]);
  });
});

describe('any()', () => {
  it('ends the contexts of the others when one has succeeded, and waits for them', async () => {
    const tasks = new Tasks();
    const outcome = watch(first.run(undefined, 3, tasks.work));
    await drain();
    tasks.end(1, 'won');
    await drain();
    expect(tasks.contexts.map((own) => own.err?.message)).toEqual(
      Array(3).fill('context canceled'),
    );
    tasks.fail(0, 'later');
    await drain();
    expect(outcome.state).toBe('pending');
    tasks.end(2, 'late');
    await drain();
    expect(outcome).toEqual({ state: 'fulfilled', result: 'won' });
  });

  it('rejects with all failures in the order of the tasks', async () => {
    const tasks = new Tasks();
    const outcome = watch(first.run(undefined, 3, tasks.work));
    await drain();
    for (const i of [2, 0, 1]) tasks.fail(i, `failure ${i}`);
    await drain();
    expect(outcome.result).toEqual(
      new AggregateError(
        ['failure 0', 'failure 1', 'failure 2'],
        'tasks: no task succeeded: 0 of 3',
      ),
    );
    expect(outcome.result).toHaveProperty('errors', ['failure 0', 'failure 1', 'failure 2']);
  });

  it('rejects with an AggregateError of nothing for nothing', async () => {
    const error = await any(undefined, []).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AggregateError);
    expect(error).toHaveProperty('errors', []);
  });

  it('resolves with a success that comes after the end of its context', async () => {
    const [ctx, cancel] = withCancel(background());
    const tasks = new Tasks();
    const outcome = watch(first.run(ctx, 2, tasks.work));
    await drain();
    cancel();
    tasks.fail(0, 'aborted');
    tasks.endWithout(1);
    await drain();
    expect(outcome).toEqual({ state: 'fulfilled', result: undefined });
  });

  it('begins none of those that queue when one has succeeded', async () => {
    const tasks = new Tasks();
    const outcome = watch(first.run(undefined, 4, tasks.work, { limit: 2 }));
    await drain();
    tasks.end(0, 'won');
    tasks.fail(1, 'lost');
    await drain();
    expect([tasks.begun, outcome.result]).toEqual([[0, 1], 'won']);
  });

  it('rejects with the failures when its context ends after the last of them', async () => {
    const [ctx, cancel] = withCancel(background());
    const tasks = new Tasks();
    const outcome = watch(first.run(ctx, 1, tasks.work));
    await drain();
    tasks.fail(0, 'failed');
    await Promise.resolve();
    await Promise.resolve();
    cancel();
    await drain();
    expect(outcome.result).toBeInstanceOf(AggregateError);
  });
});

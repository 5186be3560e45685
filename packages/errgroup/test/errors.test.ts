import { background, cause, isCanceled } from '@gosync/context';
import { Group, withContext } from '@gosync/errgroup';
import { describe, expect, it } from 'vitest';
import { Deferred, drain, watch } from '@gosync/testing/microtasks';

const first = new Error('first');
const second = new Error('second');

describe('the error of a group', () => {
  it('is the first by time, not by the order of the tasks', async () => {
    const [group, ctx] = withContext(background());
    const ends = [new Deferred(), new Deferred(), new Deferred()] as const;
    for (const { promise } of ends) void group.go(() => promise);
    ends[2].reject(first);
    await drain();
    ends[0].reject(second);
    ends[1].resolve();
    await expect(group.wait()).rejects.toBe(first);
    expect(cause(ctx)).toBe(first);
  });

  it('is the one thrown synchronously when another task has yet to reject', async () => {
    const group = new Group();
    void group.go(() => Promise.reject(second));
    void group.go(() => {
      throw first;
    });
    await expect(group.wait()).rejects.toBe(first);
  });

  it('cancels the context at once, with itself as the cause, while the others run on', async () => {
    const [group, ctx] = withContext(background());
    const end = new Deferred();
    void group.go(() => end.promise);
    void group.go(() => {
      throw first;
    });
    expect(ctx.err?.message).toBe('context canceled');
    expect(ctx.err?.cause).toBe(first);
    expect(ctx.signal.reason).toBe(first);
    const outcome = watch(group.wait());
    await drain();
    expect(outcome.state).toBe('pending');
    end.resolve();
    await drain();
    expect(outcome.result).toBe(first);
  });

  it('reaches tasks that wait for the end of the context', async () => {
    const [group] = withContext(background());
    const heard: unknown[] = [];
    for (let i = 0; i < 3; i++) {
      void group.go(async (ctx) => {
        const aborted = new Deferred();
        ctx.signal.addEventListener('abort', () => aborted.resolve());
        await aborted.promise;
        heard.push(ctx.signal.reason);
        ctx.signal.throwIfAborted();
      });
    }
    void group.go(() => Promise.reject(first));
    await expect(group.wait()).rejects.toBe(first);
    expect(heard).toEqual([first, first, first]);
  });

  it('is not replaced by later ones', async () => {
    const [group, ctx] = withContext(background());
    void group.go(() => Promise.reject(first));
    for (let i = 0; i < 10; i++) void group.go(() => Promise.reject(second));
    await expect(group.wait()).rejects.toBe(first);
    void group.go(() => Promise.reject(second));
    await expect(group.wait()).rejects.toBe(first);
    expect(cause(ctx)).toBe(first);
  });

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['false', false],
    ['0', 0],
    ['an empty text', ''],
    ['NaN', NaN],
  ])('can be %s, thrown or rejected with, and is kept as the first', async (_name, value) => {
    const tasks = [
      () => {
        throw value;
      },
      () => Promise.reject(value),
      async () => {
        await drain(3);
        throw value;
      },
    ];
    for (const task of tasks) {
      const group = new Group();
      void group.go(task);
      await drain();
      void group.go(() => Promise.reject(second));
      const outcome = watch(group.wait());
      await drain();
      expect(outcome).toEqual({ state: 'rejected', result: value });
    }
  });

  it('is the cause when it is null, and no cause when it is undefined', async () => {
    const [nulls, nullCtx] = withContext(background());
    void nulls.go(() => Promise.reject(null));
    await expect(nulls.wait()).rejects.toBe(null);
    expect(cause(nullCtx)).toBe(null);

    const [undefineds, ctx] = withContext(background());
    void undefineds.go(() => Promise.reject(undefined));
    await drain();
    expect(isCanceled(cause(ctx))).toBe(true);
    await expect(undefineds.wait()).rejects.toBe(undefined);
    expect(cause(ctx)).toBe(ctx.err);
  });

  it('does not stop a group without a context from running the rest', async () => {
    const group = new Group();
    group.setLimit(1);
    const ran: number[] = [];
    for (let i = 0; i < 5; i++) {
      void group.go(async () => {
        ran.push(i);
        if (i === 1) throw first;
      });
    }
    await expect(group.wait()).rejects.toBe(first);
    expect(ran).toEqual([0, 1, 2, 3, 4]);
    expect(background().err).toBe(undefined);
  });

  it('gives its place back: a task that throws, rejects or is queued leaves the limit as it was', async () => {
    const group = new Group();
    group.setLimit(2);
    for (let i = 0; i < 20; i++) {
      void group.go(() => {
        if (i % 2 === 0) throw first;
        return Promise.reject(second);
      });
    }
    await expect(group.wait()).rejects.toBe(first);
    const { promise } = new Deferred();
    expect([1, 2, 3].map(() => group.tryGo(() => promise))).toEqual([true, true, false]);
  });
});

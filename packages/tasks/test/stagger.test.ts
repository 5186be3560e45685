import { afterFunc, background, withCancelCause } from '@gosync/context';
import { any } from '@gosync/tasks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { drain, watch } from '@gosync/testing/microtasks';
import { indexes, Tasks } from './ways.ts';

const open = (tasks: Tasks, n: number, stagger: number, limit?: number) =>
  watch(
    any(
      undefined,
      indexes(n).map((i) => (ctx) => tasks.work(ctx, i)),
      { stagger, limit },
    ),
  );

describe('any() with stagger', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('begins the next when the time has passed', async () => {
    const tasks = new Tasks();
    const outcome = open(tasks, 3, 100);
    await drain();
    expect(tasks.begun).toEqual([0]);
    await vi.advanceTimersByTimeAsync(99);
    expect(tasks.begun).toEqual([0]);
    await vi.advanceTimersByTimeAsync(1);
    expect(tasks.begun).toEqual([0, 1]);
    await vi.advanceTimersByTimeAsync(100);
    expect(tasks.begun).toEqual([0, 1, 2]);
    tasks.end(1, 'won');
    await drain();
    for (const i of [0, 2]) tasks.fail(i, 'lost');
    await drain();
    expect(outcome.result).toBe('won');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('begins the next at once when the one before has failed', async () => {
    const tasks = new Tasks();
    const outcome = open(tasks, 3, 100);
    await drain();
    tasks.fail(0, 'first');
    await drain();
    expect(tasks.begun).toEqual([0, 1]);
    await vi.advanceTimersByTimeAsync(99);
    expect(tasks.begun).toEqual([0, 1]);
    tasks.fail(1, 'second');
    await drain();
    tasks.fail(2, 'third');
    await drain();
    expect(outcome.result).toHaveProperty('errors', ['first', 'second', 'third']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not begin the next for the failure of one further back', async () => {
    const tasks = new Tasks();
    open(tasks, 3, 100);
    await vi.advanceTimersByTimeAsync(100);
    tasks.fail(0, 'first');
    await drain();
    expect(tasks.begun).toEqual([0, 1]);
  });

  it('begins no further one after a success', async () => {
    const tasks = new Tasks();
    const outcome = open(tasks, 3, 100);
    await drain();
    tasks.end(0, 'won');
    await drain();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([tasks.begun, outcome.result]).toEqual([[0], 'won']);
  });

  it('begins the next only on failure when the time is endless', async () => {
    const tasks = new Tasks();
    open(tasks, 2, Infinity);
    await vi.advanceTimersByTimeAsync(2 ** 32);
    expect(tasks.begun).toEqual([0]);
    tasks.fail(0, 'first');
    await drain();
    expect(tasks.begun).toEqual([0, 1]);
  });

  it('never exceeds its limit', async () => {
    const tasks = new Tasks();
    open(tasks, 4, 10, 2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(tasks.begun).toEqual([0, 1]);
    tasks.fail(0, 'first');
    await drain();
    expect(tasks.begun).toEqual([0, 1, 2]);
  });

  it('rejects with the cause when its context ends between two tasks', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const tasks = new Tasks();
    const outcome = watch(
      any(
        ctx,
        indexes(3).map((i) => (own) => tasks.work(own, i)),
        { stagger: 100 },
      ),
    );
    await drain();
    tasks.fail(0, 'first');
    afterFunc(tasks.contexts[0] ?? background(), () => cancel('closed'));
    await drain();
    for (const i of tasks.begun.slice(1)) tasks.fail(i, 'aborted');
    await drain();
    expect(outcome).toEqual({ state: 'rejected', result: 'closed' });
  });

  it('goes through any number of tasks that throw at once', async () => {
    const n = 20_000;
    const tasks = indexes(n).map((i) => (): number => {
      if (i < n - 1) throw new Error('no');
      return i;
    });
    expect(await any(undefined, tasks, { stagger: 1_000 })).toBe(n - 1);
  });
});

import * as context from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { followListeners } from '@gosync/testing/listeners';
import { drain, watch } from '@gosync/testing/microtasks';

/** What a program has that loads the packages twice, as ESM and as CommonJS, or in two versions. */
let other: typeof context;
let OtherWeighted: typeof Weighted;

beforeAll(async () => {
  vi.resetModules();
  other = await import('@gosync/context');
  ({ Weighted: OtherWeighted } = await import('@gosync/semaphore'));
});

describe('a Weighted under a Context of another copy of @gosync/context', () => {
  it('is really given another copy', () => {
    expect(other.CanceledError).not.toBe(context.CanceledError);
    expect(OtherWeighted).not.toBe(Weighted);
  });

  it('rejects with the cause when the context is done, even when there is room', async () => {
    const [ctx, cancel] = other.withCancelCause(other.background());
    cancel('enough');
    const sem = new Weighted(1);
    await expect(sem.acquire(ctx)).rejects.toBe('enough');
    expect(sem.available).toBe(1);
  });

  it('rejects with the cause when the context ends, and grants nobody of it in the middle', async () => {
    const sem = new Weighted(2);
    sem.tryAcquire(2);
    const [ctx, cancel] = other.withCancelCause(other.background());
    const [child] = other.withCancel(other.withValue(ctx, 'key', 1));
    other.afterFunc(ctx, () => sem.release(2));
    const dead = [ctx, child, ctx.signal, context.withCancel(child)[0]].map((parent) =>
      watch(sem.acquire(parent)),
    );
    const live = watch(sem.acquire(other.background()));
    cancel('enough');
    await drain();
    expect(dead.map(({ result }) => result)).toEqual(Array(4).fill('enough'));
    expect(live.state).toBe('fulfilled');
    expect(sem.available).toBe(1);
  });

  it('rejects with an error that this copy recognizes when there is no cause', async () => {
    const sem = new Weighted(0);
    const [ctx, cancel] = other.withTimeout(other.background(), 0);
    const outcome = watch(sem.acquire(ctx, 0));
    cancel();
    await drain();
    expect(outcome.state).toBe('rejected');
    expect(context.isDeadlineExceeded(outcome.result)).toBe(true);
  });

  it('adds one listener to its signal, however many wait, and leaves none', () => {
    const [ctx, cancel] = other.withCancel(other.background());
    const listeners = followListeners(ctx.signal);
    const sem = new Weighted(1);
    sem.tryAcquire();
    for (let i = 0; i < 1000; i++) watch(sem.acquire(ctx, 1 + (i % 2)));
    expect(sem.waiting).toBe(1000);
    expect(listeners).toEqual({ current: 1, peak: 1 });
    cancel();
    expect(listeners).toEqual({ current: 0, peak: 1 });
  });

  it('adds one listener per copy to an AbortSignal that both wait on', () => {
    const controller = new AbortController();
    const listeners = followListeners(controller.signal);
    const sems = [new Weighted(1), new OtherWeighted(1)];
    for (const sem of [...sems, ...sems, ...sems]) watch(sem.acquire(controller.signal));
    expect(sems.map(({ waiting }) => waiting)).toEqual([2, 2]);
    expect(listeners).toEqual({ current: 2, peak: 2 });
    controller.abort();
    expect(listeners).toEqual({ current: 0, peak: 2 });
  });

  it('rejects at once when more than the size is asked for under a background that is not its own', async () => {
    const outcome = watch(new Weighted(2).acquire(other.background(), 3));
    await drain();
    expect(outcome).toEqual({
      state: 'rejected',
      result: new RangeError('semaphore: acquire would wait for ever: 3 of 2'),
    });
  });
});

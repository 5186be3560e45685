import {
  background,
  type ContextLike,
  todo,
  withCancel,
  withCancelCause,
  withoutCancel,
  withTimeout,
  withValue,
} from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followListeners } from '@gosync/testing/listeners';
import { drain, watch } from '@gosync/testing/microtasks';

const reason = new Error('given up');
const forEver = new RangeError('semaphore: acquire would wait for ever: 3 of 2');

const endless: readonly (readonly [name: string, ctx: ContextLike])[] = [
  ['background()', background()],
  ['todo()', todo()],
  ['withoutCancel()', withoutCancel(withCancel(background())[0])],
  ['withoutCancel() of an AbortSignal', withoutCancel(new AbortController().signal)],
  ['a value below background()', withValue(background(), 'key', 1)],
  ['a value below withoutCancel()', withValue(withoutCancel(todo()), 'key', 1)],
  ['the signal of background()', background().signal],
  ['an object with the signal of background()', { signal: background().signal }],
];

describe('Weighted.acquire() of more than the size', () => {
  it.each(endless)('rejects at once with a RangeError under %s', async (_name, ctx) => {
    const sem = new Weighted(2);
    const calls = [
      sem.acquire(ctx, 3),
      sem.permit(ctx, 3),
      sem.run(ctx, 3, () => expect.unreachable()),
    ];
    for (const call of calls) await expect(call).rejects.toThrow(forEver);
    expect([sem.available, sem.waiting]).toEqual([2, 0]);
  });

  it('rejects at once with a RangeError without a context', async () => {
    const sem = new Weighted(2);
    await expect(sem.acquire(3)).rejects.toThrow(forEver);
    await expect(sem.permit(3)).rejects.toThrow(forEver);
    await expect(Reflect.apply(sem.acquire, sem, [undefined, 3])).rejects.toThrow(forEver);
    const empty = new Weighted(0);
    const message = 'semaphore: acquire would wait for ever: 1 of 0';
    await expect(empty.acquire()).rejects.toThrow(new RangeError(message));
    await expect(empty.run(() => expect.unreachable())).rejects.toThrow(new RangeError(message));
  });

  it('rejects at once while others wait, and leaves them alone', async () => {
    const sem = new Weighted(2);
    sem.tryAcquire(2);
    const waiter = watch(sem.acquire());
    await expect(sem.acquire(3)).rejects.toThrow(forEver);
    expect(sem.waiting).toBe(1);
    sem.release(2);
    await drain();
    expect(waiter.state).toBe('fulfilled');
  });

  it('waits for its context and rejects with the cause', async () => {
    const sem = new Weighted(2);
    const [ctx, cancel] = withCancelCause(background());
    const controller = new AbortController();
    const outcomes = [
      watch(sem.acquire(ctx, 3)),
      watch(sem.permit(withValue(ctx, 'key', 1), 3)),
      watch(sem.run(ctx, 3, () => expect.unreachable())),
      watch(sem.acquire(controller.signal, Number.MAX_SAFE_INTEGER)),
    ];
    await drain();
    expect(outcomes.map(({ state }) => state)).toEqual(Array(4).fill('pending'));
    cancel(reason);
    controller.abort(reason);
    await drain();
    expect(outcomes.map(({ state }) => state)).toEqual(Array(4).fill('rejected'));
    expect(outcomes.map(({ result }) => result)).toEqual([reason, reason, reason, reason]);
    expect(sem.available).toBe(2);
  });

  it('rejects with the cause when its context is done already', async () => {
    const [ctx, cancel] = withCancelCause(background());
    cancel(reason);
    await expect(new Weighted(2).acquire(ctx, 3)).rejects.toBe(reason);
  });

  it('stands beside the line and holds nobody up [go: TestWeightedDoesntBlockIfTooBig]', async () => {
    const n = 2;
    const sem = new Weighted(n);
    const [ctx, cancel] = withCancel(background());
    const tooBig = watch(sem.acquire(ctx, n + 1));
    expect(sem.waiting).toBe(1);
    const workers = Array.from({ length: n * 3 }, async () => {
      await sem.acquire(background(), 1);
      await drain(3);
      sem.release(1);
    });
    expect(sem.waiting).toBe(1 + n * 2);
    await Promise.all(workers);
    expect(tooBig.state).toBe('pending');
    cancel();
    await drain();
    expect(tooBig).toEqual({ state: 'rejected', result: ctx.err });
    expect(sem.available).toBe(n);
  });

  it('adds one listener to an AbortSignal, and none is left afterwards', async () => {
    const controller = new AbortController();
    const listeners = followListeners(controller.signal);
    const sem = new Weighted(2);
    const outcomes = Array.from({ length: 100 }, () => watch(sem.acquire(controller.signal, 3)));
    expect(sem.waiting).toBe(100);
    expect(listeners).toEqual({ current: 1, peak: 1 });
    controller.abort(reason);
    await drain();
    expect(outcomes.filter(({ result }) => result === reason)).toHaveLength(100);
    expect(listeners).toEqual({ current: 0, peak: 1 });
  });

  describe('with a deadline', () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it('ends when the deadline passes', async () => {
      const [ctx] = withTimeout(background(), 1000);
      const outcome = watch(new Weighted(2).acquire(ctx, 3));
      await vi.advanceTimersByTimeAsync(999);
      expect(outcome.state).toBe('pending');
      await vi.advanceTimersByTimeAsync(1);
      expect(outcome).toEqual({ state: 'rejected', result: ctx.err });
    });
  });
});

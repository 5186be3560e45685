import {
  afterFunc,
  background,
  type ContextLike,
  withCancel,
  withCancelCause,
  withTimeoutCause,
  withValue,
} from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { drain, watch } from '@gosync/testing/microtasks';

const reason = new Error('no longer wanted');

/** A context of each kind, with what ends it for `reason`. */
const kinds: readonly (readonly [name: string, make: () => [ContextLike, () => void]])[] = [
  [
    'a Context',
    () => {
      const [ctx, cancel] = withCancelCause(background());
      return [ctx, () => cancel(reason)];
    },
  ],
  [
    'a value below a canceled Context',
    () => {
      const [ctx, cancel] = withCancelCause(background());
      return [withValue(ctx, 'key', 1), () => cancel(reason)];
    },
  ],
  [
    'the signal of a Context',
    () => {
      const [ctx, cancel] = withCancelCause(background());
      return [ctx.signal, () => cancel(reason)];
    },
  ],
  [
    'a foreign AbortSignal',
    () => {
      const controller = new AbortController();
      return [controller.signal, () => controller.abort(reason)];
    },
  ],
  [
    'a Context below a foreign AbortSignal',
    () => {
      const controller = new AbortController();
      return [withCancel(controller.signal)[0], () => controller.abort(reason)];
    },
  ],
];

describe.each(kinds)('Weighted.acquire() under %s', (_name, make) => {
  it('rejects with the cause when the context is done before, even when there is room', async () => {
    const sem = new Weighted(2);
    const [ctx, cancel] = make();
    cancel();
    for (const n of [0, 1, 2]) await expect(sem.acquire(ctx, n)).rejects.toBe(reason);
    expect(sem.available).toBe(2);
  });

  it('rejects with the cause when the context is done before and there is no room', async () => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    const [ctx, cancel] = make();
    cancel();
    await expect(sem.acquire(ctx)).rejects.toBe(reason);
    await expect(sem.acquire(ctx, 2)).rejects.toBe(reason);
    expect(sem.waiting).toBe(0);
  });

  it('rejects with the cause when the context ends while it waits, and leaves the queue at once', async () => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    const [ctx, cancel] = make();
    const outcome = watch(sem.acquire(ctx));
    await drain();
    expect(outcome.state).toBe('pending');
    cancel();
    expect(sem.waiting).toBe(0);
    await drain();
    expect(outcome).toEqual({ state: 'rejected', result: reason });
    sem.release();
    expect(sem.available).toBe(1);
  });

  it('keeps what was granted when the context ends afterwards', async () => {
    const sem = new Weighted(1);
    const [ctx, cancel] = make();
    const outcome = watch(sem.acquire(ctx));
    cancel();
    await drain();
    expect(outcome.state).toBe('fulfilled');
    expect(sem.available).toBe(0);
  });

  it('lets in those behind a waiter that leaves, as far as they fit', async () => {
    const sem = new Weighted(10);
    sem.tryAcquire(6);
    const [ctx, cancel] = make();
    const head = watch(sem.acquire(ctx, 5));
    const rest = [1, 3, 1].map((n) => watch(sem.acquire(n)));
    cancel();
    expect(sem.available).toBe(0);
    expect(sem.waiting).toBe(1);
    await drain();
    expect(head.state).toBe('rejected');
    expect(rest.map(({ state }) => state)).toEqual(['fulfilled', 'fulfilled', 'pending']);
  });

  it('lets nobody in when a waiter leaves from behind one that does not fit', async () => {
    const sem = new Weighted(3);
    sem.tryAcquire(2);
    const [ctx, cancel] = make();
    const head = watch(sem.acquire(2));
    const middle = watch(sem.acquire(ctx, 2));
    const last = watch(sem.acquire(1));
    cancel();
    await drain();
    expect([head.state, middle.state, last.state]).toEqual(['pending', 'rejected', 'pending']);
    expect(sem.waiting).toBe(2);
    sem.release();
    await drain();
    expect([head.state, last.state]).toEqual(['fulfilled', 'pending']);
  });

  it('grants nobody whose context is done while room becomes free in the middle of the cancellation', async () => {
    const sem = new Weighted(4);
    sem.tryAcquire(3);
    const [ctx, cancel] = make();
    // Each one that leaves makes the next the first in the queue; all but the first and third would fit.
    const ended = [3, 1, 3, 1, 1].map((n) => watch(sem.acquire(ctx, n)));
    const live = watch(sem.acquire(2));
    // A callback of the same context that gives back units before the waiters hear of it.
    const told = vi.fn<() => void>(() => sem.release(2));
    const signal = 'signal' in ctx ? ctx.signal : ctx;
    signal.addEventListener('abort', told);
    const more = watch(sem.acquire(ctx, 1));
    cancel();
    expect(told).toHaveBeenCalledTimes(1);
    await drain();
    expect([...ended, more].map(({ state }) => state)).toEqual(Array(6).fill('rejected'));
    expect(live.state).toBe('fulfilled');
    expect(sem.available).toBe(1);
    expect(sem.waiting).toBe(0);
  });
});

describe('Weighted.acquire()', () => {
  it('grants nobody whose context is done when a callback that came first releases', async () => {
    const sem = new Weighted(2);
    sem.tryAcquire(2);
    const [ctx, cancel] = withCancel(background());
    const availableThen: number[] = [];
    afterFunc(ctx, () => {
      sem.release(2);
      availableThen.push(sem.available, sem.waiting);
    });
    const dead = [watch(sem.acquire(ctx)), watch(sem.acquire(ctx))];
    const live = watch(sem.acquire());
    cancel();
    expect(availableThen).toEqual([1, 0]);
    await drain();
    expect(dead.map(({ state }) => state)).toEqual(['rejected', 'rejected']);
    expect(live.state).toBe('fulfilled');
  });

  it('grants nobody whose signal is aborted when a listener that came first releases', async () => {
    const sem = new Weighted(2);
    sem.tryAcquire(2);
    const controller = new AbortController();
    const availableThen: number[] = [];
    controller.signal.addEventListener('abort', () => {
      sem.release(2);
      availableThen.push(sem.available, sem.waiting);
    });
    const dead = [watch(sem.acquire(controller.signal)), watch(sem.acquire(controller.signal))];
    const live = watch(sem.acquire());
    controller.abort(reason);
    expect(availableThen).toEqual([1, 0]);
    await drain();
    expect(dead.map(({ result }) => result)).toEqual([reason, reason]);
    expect(dead.map(({ state }) => state)).toEqual(['rejected', 'rejected']);
    expect(live.state).toBe('fulfilled');
  });

  it('rejects with the error of the context when there is no cause', async () => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    const [ctx, cancel] = withCancel(background());
    const outcome = watch(sem.acquire(ctx));
    cancel();
    await drain();
    expect(outcome.result).toBe(ctx.err);
    expect(String(outcome.result)).toBe('AbortError: context canceled');
  });

  it.each([['null', null] as const, ['0', 0] as const, ['an empty text', ''] as const])(
    'leaves with %s when that is the cause',
    async (_name, cause) => {
      const sem = new Weighted(1);
      const controller = new AbortController();
      const before = sem.tryAcquire();
      const waiting = watch(sem.acquire(controller.signal));
      controller.abort(cause);
      sem.release();
      const late = watch(sem.acquire(controller.signal));
      await drain();
      expect(before).toBe(true);
      expect(waiting).toEqual({ state: 'rejected', result: cause });
      expect(late).toEqual({ state: 'rejected', result: cause });
      expect(sem.available).toBe(1);
    },
  );

  it('leaves from the front, the middle and the back of the queue', async () => {
    for (const leaving of [0, 1, 2, 3]) {
      const sem = new Weighted(1);
      sem.tryAcquire();
      const contexts = Array.from({ length: 4 }, () => withCancel(background()));
      const served: number[] = [];
      contexts.forEach(([ctx], i) => {
        sem.acquire(ctx).then(
          () => served.push(i),
          () => undefined,
        );
      });
      contexts[leaving]?.[1]();
      for (let i = 0; i < 4; i++) {
        sem.release();
        await drain();
        if (sem.waiting === 0) break;
      }
      expect(served).toEqual([0, 1, 2, 3].filter((i) => i !== leaving));
    }
  });

  it('is not stopped for later requests by a waiter that left [go: TestAllocCancelDoesntStarve]', async () => {
    const sem = new Weighted(10);
    await sem.acquire(background(), 1);
    const [ctx, cancel] = withCancel(background());
    const large = watch(sem.acquire(ctx, 10));
    expect(sem.tryAcquire(1)).toBe(false);
    const small = watch(sem.acquire(background(), 1));
    cancel();
    await drain();
    expect([large.state, small.state]).toEqual(['rejected', 'fulfilled']);
    sem.release();
    expect(sem.available).toBe(9);
  });

  it('fails when its context ended before there was room, and under a done context [go: TestWeightedAcquireCanceled]', async () => {
    const sem = new Weighted(2);
    const [ctx, cancel] = withCancel(background());
    await sem.acquire(background(), 1);
    const outcome = watch(sem.acquire(ctx, 2));
    expect(sem.tryAcquire(1)).toBe(false);
    cancel();
    sem.release(1);
    await drain();
    expect(outcome).toEqual({ state: 'rejected', result: ctx.err });
    expect(sem.tryAcquire(2)).toBe(true);
    sem.release(2);
    await expect(sem.acquire(ctx, 1)).rejects.toBe(ctx.err);
    expect(sem.available).toBe(2);
  });

  describe('with a deadline', () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it('rejects with the cause of the deadline when it passes', async () => {
      const sem = new Weighted(1);
      sem.tryAcquire();
      const [ctx] = withTimeoutCause(background(), 100, reason);
      const outcome = watch(sem.acquire(ctx));
      await vi.advanceTimersByTimeAsync(99);
      expect(outcome.state).toBe('pending');
      await vi.advanceTimersByTimeAsync(1);
      expect(outcome).toEqual({ state: 'rejected', result: reason });
      expect(sem.waiting).toBe(0);
    });
  });
});

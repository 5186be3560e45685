import { background, todo, withCancel, withTimeout } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { drain, watch } from '@gosync/testing/microtasks';
import { notAWeight, notWeights } from './weights.ts';

describe('Weighted.acquire()', () => {
  it('resolves with nothing when there is room, and holds its units at once', async () => {
    const sem = new Weighted(3);
    const acquired = sem.acquire(background(), 2);
    expect(sem.available).toBe(1);
    await expect(acquired).resolves.toBe(undefined);
    expect(sem.available).toBe(1);
  });

  it('takes 1 when no weight is given', async () => {
    const sem = new Weighted(9);
    await sem.acquire();
    await sem.acquire(undefined);
    await sem.acquire(background());
    await sem.acquire(background(), undefined);
    expect(sem.available).toBe(5);
  });

  it('takes its weight without a context, and with none given in its place', async () => {
    const sem = new Weighted(9);
    await sem.acquire(4);
    await Reflect.apply(sem.acquire, sem, [undefined, 3]);
    expect(sem.available).toBe(2);
  });

  it.each([
    ['a Context', () => withCancel(background())[0]],
    ['todo()', () => todo()],
    ['an AbortSignal', () => new AbortController().signal],
    ['an AbortController', () => new AbortController()],
    ['a Request', () => new Request('http://localhost/')],
    ['an options object', () => ({ signal: new AbortController().signal })],
  ])('accepts %s', async (_name, make) => {
    const sem = new Weighted(2);
    await sem.acquire(make(), 2);
    expect(sem.available).toBe(0);
  });

  it('takes weight 0 from a full semaphore at once', async () => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    const outcome = watch(sem.acquire(0));
    expect(sem.waiting).toBe(0);
    await drain();
    expect(outcome.state).toBe('fulfilled');
  });

  it('serves waiters in order of arrival, each when its units are free', async () => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    const served: number[] = [];
    const waiters = Array.from({ length: 5 }, async (_, i) => {
      await sem.acquire();
      served.push(i);
      expect(sem.available).toBe(0);
      sem.release();
    });
    await drain();
    expect(served).toEqual([]);
    sem.release();
    await Promise.all(waiters);
    expect(served).toEqual([0, 1, 2, 3, 4]);
    expect(sem.available).toBe(1);
  });

  it('resumes those who need not wait and those who did in the order in which they asked', async () => {
    const sem = new Weighted(2);
    sem.tryAcquire(2);
    const served: string[] = [];
    void sem.acquire().then(() => served.push('waited'));
    sem.release(2);
    void sem.acquire().then(() => served.push('came later'));
    await drain();
    expect(served).toEqual(['waited', 'came later']);
  });

  it('holds up a later, smaller request while an earlier, larger one does not fit', async () => {
    const sem = new Weighted(3);
    sem.tryAcquire(2);
    const large = watch(sem.acquire(3));
    const small = watch(sem.acquire(1));
    const none = watch(sem.acquire(0));
    await drain();
    expect([large.state, small.state, none.state]).toEqual(['pending', 'pending', 'pending']);
    sem.release();
    await drain();
    expect([large.state, small.state, none.state]).toEqual(['pending', 'pending', 'pending']);
    sem.release();
    await drain();
    expect([large.state, small.state, none.state]).toEqual(['fulfilled', 'pending', 'pending']);
    sem.release(3);
    await drain();
    expect([small.state, none.state]).toEqual(['fulfilled', 'fulfilled']);
    expect(sem.available).toBe(2);
  });

  it('rejects with a RangeError when the weight is negative [go: TestWeightedNegativeWeightPanic]', async () => {
    const sem = new Weighted(1);
    await expect(sem.acquire(background(), -1)).rejects.toThrow(notAWeight('weight', '-1'));
    expect(sem.available).toBe(1);
  });

  it.each(notWeights)('rejects with a RangeError when the weight is %s', async (text, n) => {
    const sem = new Weighted(1);
    const acquired: unknown = Reflect.apply(sem.acquire, sem, [background(), n]);
    await expect(acquired).rejects.toThrow(notAWeight('weight', text));
    expect(sem.available).toBe(1);
    expect(sem.waiting).toBe(0);
  });

  it.each([['null', null] as const, ['a text', '1'] as const, ['an object', {}] as const])(
    'rejects with a TypeError when the context is %s, room or not',
    async (_name, ctx) => {
      const sem = new Weighted(1);
      await expect(Reflect.apply(sem.acquire, sem, [ctx])).rejects.toThrow(TypeError);
      expect(sem.available).toBe(1);
      sem.tryAcquire();
      await expect(Reflect.apply(sem.acquire, sem, [ctx])).rejects.toThrow(TypeError);
      expect(sem.waiting).toBe(0);
      sem.release();
      expect(sem.available).toBe(1);
    },
  );

  it('rejects with a TypeError when the weight comes before the context', async () => {
    const sem = new Weighted(3);
    const acquired: unknown = Reflect.apply(sem.acquire, sem, [2, AbortSignal.abort()]);
    await expect(acquired).rejects.toThrow('semaphore: the context comes first, the weight second');
    expect(sem.available).toBe(3);
  });

  it('waits under the signal that it was given, whatever becomes of the object that had it', async () => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    const controller = new AbortController();
    const options: { signal: AbortSignal } = { signal: controller.signal };
    const first = sem.acquire(options);
    options.signal = new AbortController().signal;
    const second = sem.acquire();
    Reflect.deleteProperty(options, 'signal');
    sem.release();
    await first;
    sem.release();
    await second;
    const third = sem.acquire(controller);
    controller.abort('over');
    await expect(third).rejects.toBe('over');
  });

  it('does not grant in a listener of a foreign signal that has just been aborted', async () => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    const controller = new AbortController();
    controller.signal.addEventListener('abort', () => sem.release());
    const [ctx, cancel] = withCancel(controller.signal);
    const acquired = sem.acquire(ctx);
    controller.abort('gone');
    await expect(acquired).rejects.toBe('gone');
    expect(sem.available).toBe(1);
    cancel();
  });

  it('rejects and queues nothing when the signal cannot be listened to', async () => {
    const sem = new Weighted(2);
    sem.tryAcquire(2);
    const { signal } = new AbortController();
    Object.defineProperty(signal, 'addEventListener', {
      value() {
        throw new Error('broken');
      },
    });
    await expect(sem.acquire(signal)).rejects.toThrow('broken');
    expect(sem.waiting).toBe(0);
    sem.release(2);
    expect(sem.available).toBe(2);
  });

  it('never holds more than its size, whatever the weights [go: TestWeighted]', async () => {
    const workers = 8;
    const sem = new Weighted(workers);
    let held = 0;
    let peak = 0;
    const hammer = async (n: number): Promise<void> => {
      for (let i = 0; i < 10_000 / workers; i++) {
        await sem.acquire(background(), n);
        held += n;
        peak = Math.max(peak, held);
        await drain((i * 7 + n) % 4);
        held -= n;
        sem.release(n);
      }
    };
    await Promise.all(Array.from({ length: workers }, (_, n) => hammer(n)));
    expect(peak).toBe(workers);
    expect(sem.available).toBe(workers);
  });

  it('serves a large request while small ones keep coming [go: TestLargeAcquireDoesntStarve]', async () => {
    const n = 4;
    const sem = new Weighted(n);
    const state = { running: true, turns: 0 };
    const small = async (): Promise<void> => {
      while (state.running && state.turns < 10_000) {
        state.turns++;
        await drain(1);
        sem.release();
        await sem.acquire();
      }
      sem.release();
    };
    for (let i = 0; i < n; i++) await sem.acquire();
    const workers = Array.from({ length: n }, small);
    await sem.acquire(n);
    state.running = false;
    expect(state.turns).toBeLessThan(100);
    sem.release(n);
    await Promise.all(workers);
    expect(sem.available).toBe(n);
  });

  it('hands over between release and resumption without a gap for anybody else', async () => {
    for (let depth = 0; depth <= 20; depth++) {
      const sem = new Weighted(1);
      sem.tryAcquire();
      const first = watch(sem.acquire());
      sem.release();
      await drain(depth);
      expect(sem.tryAcquire(), `${depth} microtasks after the release`).toBe(false);
      const second = watch(sem.acquire());
      await drain();
      expect([first.state, second.state]).toEqual(['fulfilled', 'pending']);
    }
  });

  describe('with a deadline', () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it('waits until then and no longer [go: TestWeightedAcquire]', async () => {
      const sem = new Weighted(2);
      const tryFor10 = async (): Promise<string[]> => {
        const [ctx, cancel] = withTimeout(background(), 10);
        const outcome = watch(sem.acquire(ctx, 1));
        await vi.advanceTimersByTimeAsync(9);
        const after9 = outcome.state;
        await vi.advanceTimersByTimeAsync(1);
        cancel();
        return [after9, outcome.state, String(outcome.result)];
      };
      const granted = ['fulfilled', 'fulfilled', 'undefined'];
      const tooLate = ['pending', 'rejected', 'TimeoutError: context deadline exceeded'];
      await sem.acquire(background(), 1);
      expect(await tryFor10()).toEqual(granted);
      expect(await tryFor10()).toEqual(tooLate);
      sem.release(2);
      expect(await tryFor10()).toEqual(granted);
      await sem.acquire(background(), 1);
      expect(await tryFor10()).toEqual(tooLate);
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});

import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import {
  DeadlineExceededError,
  background,
  sleep,
  throwIfDone,
  wait,
  withCancel,
  withCancelCause,
  withTimeout,
} from '@gosync/context';

const never = (): Promise<never> => new Promise(() => {});

describe('throwIfDone()', () => {
  it('throws the very cause of what is done, and nothing while it is live', () => {
    const [ctx, cancel] = withCancelCause(background());
    throwIfDone(ctx);
    cancel(null);
    let thrown: unknown = 'nothing';
    try {
      throwIfDone(ctx);
    } catch (cause) {
      thrown = cause;
    }
    expect(thrown).toBe(null);
    expect(() => throwIfDone(AbortSignal.abort(new Error('over')))).toThrow('over');
  });

  it('makes no signal, and throws a TypeError for what is no context', () => {
    // @ts-expect-error -- a caller without types
    expect(() => throwIfDone({})).toThrow(/^context: /);
  });
});

describe('wait()', () => {
  it('settles as the promise does when that comes first', async () => {
    const [ctx] = withCancel(background());
    const promise = wait(ctx, Promise.resolve(5));
    expectTypeOf(promise).toEqualTypeOf<Promise<number>>();
    expect(await promise).toBe(5);
    await expect(wait(ctx, Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await wait(background(), Promise.resolve('endless'))).toBe('endless');
  });

  it('rejects with the cause when the context ends first', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const promise = wait(ctx, never());
    cancel('over');
    await expect(promise).rejects.toBe('over');
  });

  it('rejects under a done context, even if the promise has settled', async () => {
    await expect(wait(AbortSignal.abort('over'), Promise.resolve(1))).rejects.toBe('over');
  });

  it('leaves nothing on the context, and one reaction on the promise', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await wait(signal, Promise.resolve());
    expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
    const promise = never();
    const then = vi.spyOn(promise, 'then');
    for (let i = 0; i < 100; i++) {
      const [ctx, cancel] = withCancelCause(background());
      const waiting = wait(ctx, promise);
      cancel(i);
      await expect(waiting).rejects.toBe(i);
    }
    expect(then).toHaveBeenCalledTimes(1);
  });

  it('serves all that wait for one promise, in order, and those that come when it has settled', async () => {
    const promise = Promise.resolve('value');
    const log: string[] = [];
    const waits = ['a', 'b'].map(async (name) =>
      log.push(name + (await wait(background(), promise))),
    );
    await Promise.all(waits);
    expect(log).toEqual(['avalue', 'bvalue']);
    expect(await wait(background(), promise)).toBe('value');
  });

  it('takes any thenable', async () => {
    const thenable: PromiseLike<number> = {
      // oxlint-disable-next-line unicorn/no-thenable -- that is what is tested
      then: (...args) => Promise.resolve(7).then(...args),
    };
    expect(await wait(background(), thenable)).toBe(7);
  });

  it('rejects with a TypeError for what is no context', async () => {
    // @ts-expect-error -- a caller without types
    await expect(wait(undefined, never())).rejects.toThrow(/^context: /);
  });
});

describe('sleep()', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([0, 50, 2 ** 31 + 5])('resolves after %d ms, and not before', async (ms) => {
    const log: string[] = [];
    const asleep = sleep(background(), ms).then(() => log.push('awake'));
    await vi.advanceTimersByTimeAsync(Math.max(0, ms - 1));
    expect(log).toEqual(ms === 0 ? ['awake'] : []);
    await vi.advanceTimersByTimeAsync(1);
    await asleep;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rejects with the cause when the context ends first, and leaves no timer', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const asleep = sleep(ctx, 1_000);
    cancel('over');
    await expect(asleep).rejects.toBe('over');
    expect(vi.getTimerCount()).toBe(0);
    await expect(sleep(ctx, 0)).rejects.toBe('over');
  });

  it('rejects when it wakes after a deadline whose timer comes later', async () => {
    const [ctx] = withTimeout(background(), 10);
    const reason = sleep(ctx, 5).catch((error: unknown) => error);
    // The clocks go on while the program is busy, and its timers wait.
    vi.setSystemTime(Date.now() + 50);
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 50);
    await vi.advanceTimersByTimeAsync(5);
    expect(await reason).toBeInstanceOf(DeadlineExceededError);
  });

  it('rejects when the deadline has passed while no timer could run', async () => {
    const [ctx] = withTimeout(background(), 10);
    const asleep = sleep(ctx, 1_000);
    vi.advanceTimersByTime(10);
    await expect(asleep).rejects.toBeInstanceOf(DeadlineExceededError);
  });

  it('waits for the end of the context for Infinity', async () => {
    const [ctx, cancel] = withCancelCause(background());
    const asleep = sleep(ctx, Infinity);
    expect(vi.getTimerCount()).toBe(0);
    cancel('over');
    await expect(asleep).rejects.toBe('over');
    await expect(sleep(background(), Infinity)).rejects.toThrow(RangeError);
  });

  it('rejects for what is not a time, and for what is no context', async () => {
    await expect(sleep(background(), NaN)).rejects.toThrow(RangeError);
    // @ts-expect-error -- a caller without types
    await expect(sleep(background(), '5')).rejects.toThrow(TypeError);
    // @ts-expect-error -- a caller without types
    await expect(sleep({}, 5)).rejects.toThrow(/^context: /);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  DeadlineExceededError,
  afterFunc,
  background,
  withCancel,
  withTimeout,
  withValue,
} from '@gosync/context';

describe('afterFunc()', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('calls when the context is canceled, and not before [go: TestAfterFuncCalledAfterCancel]', async () => {
    const [ctx, cancel] = withCancel(background());
    const f = vi.fn<() => void>();
    const stop = afterFunc(ctx, f);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(f).not.toHaveBeenCalled();
    cancel();
    expect(f).toHaveBeenCalledTimes(1);
    expect(stop()).toBe(false);
  });

  it('calls when the deadline has passed [go: TestAfterFuncCalledAfterTimeout]', () => {
    const [ctx] = withTimeout(background(), 10);
    const seen: unknown[] = [];
    afterFunc(ctx, () => seen.push(ctx.err));
    vi.advanceTimersByTime(9);
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(seen).toEqual([expect.any(DeadlineExceededError)]);
  });

  it('calls in a microtask when the context is done already [go: TestAfterFuncCalledImmediately]', async () => {
    const [ctx, cancel] = withCancel(background());
    cancel();
    const f = vi.fn<() => void>();
    const stop = afterFunc(ctx, f);
    expect(f).not.toHaveBeenCalled();
    await Promise.resolve();
    expect(f).toHaveBeenCalledTimes(1);
    expect(stop()).toBe(false);
  });

  it('can be stopped before that microtask', async () => {
    const [ctx, cancel] = withCancel(background());
    cancel();
    const f = vi.fn<() => void>();
    const stop = afterFunc(ctx, f);
    expect(stop()).toBe(true);
    expect(stop()).toBe(false);
    await Promise.resolve();
    expect(f).not.toHaveBeenCalled();
  });

  it('calls in a microtask when a signal is aborted already', async () => {
    const f = vi.fn<() => void>();
    afterFunc(AbortSignal.abort(), f);
    expect(f).not.toHaveBeenCalled();
    await Promise.resolve();
    expect(f).toHaveBeenCalledTimes(1);
  });

  it('does not call after a stop, which is true the first time [go: TestAfterFuncNotCalledAfterStop]', async () => {
    const [ctx, cancel] = withCancel(background());
    const f = vi.fn<() => void>();
    const stop = afterFunc(ctx, f);
    expect(stop()).toBe(true);
    expect(stop()).toBe(false);
    cancel();
    await vi.runAllTimersAsync();
    expect(f).not.toHaveBeenCalled();
    expect(stop()).toBe(false);
  });

  it('does not make the canceler wait for what the callback waits for [go: TestAfterFuncCalledAsynchronously]', async () => {
    const [ctx, cancel] = withCancel(background());
    const log: string[] = [];
    let finish: (() => void) | undefined;
    const work = async (): Promise<void> => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      log.push('callback finished');
    };
    afterFunc(ctx, () => void work());
    cancel();
    log.push('cancel returned');
    finish?.();
    await vi.runAllTimersAsync();
    expect(log).toEqual(['cancel returned', 'callback finished']);
  });

  it('calls without arguments, and without a this', () => {
    const [ctx, cancel] = withCancel(background());
    const calls: unknown[][] = [];
    afterFunc(ctx, function f(this: unknown, ...args: unknown[]) {
      calls.push([this, ...args]);
    });
    cancel();
    expect(calls).toEqual([[undefined]]);
  });

  it('takes one function twice for two callbacks', () => {
    const [ctx, cancel] = withCancel(background());
    const f = vi.fn<() => void>();
    afterFunc(ctx, f);
    const stop = afterFunc(ctx, f);
    expect(stop()).toBe(true);
    cancel();
    expect(f).toHaveBeenCalledTimes(1);
  });

  it('stops in any order without touching the others', () => {
    const order = [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
      [1, 2, 0],
    ];
    for (const [first = 0, second = 0, kept = 0] of order) {
      const [ctx, cancel] = withCancel(background());
      const log: number[] = [];
      const stops = [0, 1, 2].map((i) => afterFunc(ctx, () => log.push(i)));
      expect([stops[first]?.(), stops[second]?.()]).toEqual([true, true]);
      cancel();
      expect(log).toEqual([kept]);
    }
  });

  it('hangs on the context that decides when a value context is done', () => {
    const [ctx, cancel] = withCancel(background());
    const f = vi.fn<() => void>();
    afterFunc(withValue(ctx, 'key', 'value'), f);
    cancel();
    expect(f).toHaveBeenCalledTimes(1);
  });

  it('takes signals, and whatever has one', () => {
    const controller = new AbortController();
    const f = vi.fn<() => void>();
    afterFunc(controller.signal, f);
    afterFunc({ signal: controller.signal }, f);
    controller.abort();
    expect(f).toHaveBeenCalledTimes(2);
  });

  it.each([undefined, null, {}, 'f'])('throws a TypeError for a callback that is %o', (f) => {
    // @ts-expect-error -- a caller without types
    expect(() => afterFunc(background(), f)).toThrow(TypeError);
    const [done, cancel] = withCancel(background());
    cancel();
    // @ts-expect-error -- a caller without types
    expect(() => afterFunc(done, f)).toThrow(/^context: callback is not a function: /);
  });
});

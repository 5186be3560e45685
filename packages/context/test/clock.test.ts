import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  CanceledError,
  DeadlineExceededError,
  afterFunc,
  background,
  withCancel,
  withDeadline,
  withTimeout,
} from '@gosync/context';

const now = Date.UTC(2024, 0, 1);
/** The longest delay that `setTimeout` takes. */
const longest = 2 ** 31 - 1;
const day = 86_400_000;

describe('the timer of a deadline', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('ends when the context is canceled', () => {
    const [, cancel] = withTimeout(background(), 50);
    expect(vi.getTimerCount()).toBe(1);
    cancel();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends when the parent is canceled', () => {
    const [parent, cancel] = withCancel(background());
    withTimeout(parent, 50);
    withTimeout(withCancel(parent)[0], 60);
    expect(vi.getTimerCount()).toBe(2);
    cancel();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends when the parent’s deadline passes', () => {
    const controller = new AbortController();
    withTimeout(controller.signal, 50);
    expect(vi.getTimerCount()).toBe(1);
    controller.abort();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends with the deadline', () => {
    withTimeout(background(), 50);
    vi.advanceTimersByTime(50);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([longest, longest + 1, 2 * longest, 2 * longest + 1, 60 * day, 3 * longest + 0.5])(
    'runs for %d ms, however long a platform timer can run',
    (ms) => {
      const [ctx] = withTimeout(background(), ms);
      expect(ctx.deadline).toBe(now + ms);
      vi.advanceTimersByTime(Math.ceil(ms) - 1);
      expect(ctx.err).toBeUndefined();
      vi.advanceTimersByTime(1);
      expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it('never asks the platform for more than it can run', () => {
    const setTimer = vi.spyOn(globalThis, 'setTimeout');
    withTimeout(background(), 10 * longest);
    withTimeout(background(), Number.MAX_VALUE);
    withDeadline(background(), 8.64e15);
    vi.advanceTimersByTime(3 * longest);
    const delays = setTimer.mock.calls.map(([, ms]) => ms);
    expect(delays).toHaveLength(12);
    for (const ms of delays) expect(ms).toBe(longest);
  });

  it('can be canceled in any of its stages', () => {
    const [ctx, cancel] = withTimeout(background(), 3 * longest);
    vi.advanceTimersByTime(longest + 5);
    expect(vi.getTimerCount()).toBe(1);
    cancel();
    expect(ctx.err).toBeInstanceOf(CanceledError);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(3 * longest);
    expect(ctx.err).toBeInstanceOf(CanceledError);
  });

  it('counts the time down where the clock does not move', () => {
    vi.useRealTimers();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const [short] = withTimeout(background(), 50);
    const [long] = withTimeout(background(), longest + 50);
    vi.advanceTimersByTime(49);
    expect(short.err).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(short.err).toBeInstanceOf(DeadlineExceededError);
    vi.advanceTimersByTime(longest - 1);
    expect(long.err).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(long.err).toBeInstanceOf(DeadlineExceededError);
  });

  it('is not misled by a clock that is set', () => {
    const [ctx] = withTimeout(background(), longest + 50);
    vi.setSystemTime(now + 10 * day);
    vi.advanceTimersByTime(longest);
    vi.setSystemTime(now - 10 * day);
    vi.advanceTimersByTime(49);
    expect(ctx.err).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
  });

  it.each([
    ['a number, as in browsers', 7],
    ['an object without ref and unref', {}],
  ])('may be %s', (_, timer) => {
    vi.stubGlobal('setTimeout', () => timer);
    const cleared: unknown[] = [];
    vi.stubGlobal('clearTimeout', (id: unknown) => cleared.push(id));
    const [ctx, cancel] = withTimeout(background(), 50);
    const stop = afterFunc(ctx, () => {});
    stop();
    cancel();
    expect(cleared).toEqual([timer]);
  });

  it('is taken from the platform when a context is made, not when the package is loaded', () => {
    // Whoever loads a library that fakes timers does so after the package.
    const delays: unknown[] = [];
    vi.stubGlobal('setTimeout', (_: unknown, ms: unknown) => delays.push(ms));
    withTimeout(background(), 50);
    expect(delays).toEqual([50]);
  });
});

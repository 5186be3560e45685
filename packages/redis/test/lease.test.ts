import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Lease } from '../src/lease.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('Lease.guard()', () => {
  it.each([
    ['is renewed by a call that was sent long ago, after it was ended', -1_000, 1_000],
    ['becomes shorter', 1, -1_000],
  ])('tells of the end at once when the lease %s', (_, sent, duration) => {
    const ended = vi.fn<() => void>();
    const lease = new Lease(60_000, ended);
    const now = performance.now();
    lease.renewed(now, 60_000);
    lease.guard();
    if (sent < 0) lease.end();
    lease.renewed(now + sent, duration);
    lease.guard();
    expect(lease.live).toBe(false);
    vi.advanceTimersByTime(1);
    expect(ended).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(120_000);
    expect(ended).toHaveBeenCalledTimes(1);
  });
});

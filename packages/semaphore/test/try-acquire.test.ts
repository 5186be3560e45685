import { background, withCancel } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { describe, expect, it } from 'vitest';
import { drain, watch } from '@gosync/testing/microtasks';
import { notAWeight, notWeights } from './weights.ts';

describe('Weighted.tryAcquire()', () => {
  it('takes what fits and refuses what does not [go: TestWeightedTryAcquire]', async () => {
    const sem = new Weighted(2);
    const tries: boolean[] = [];
    await sem.acquire(background(), 1);
    tries.push(sem.tryAcquire(1), sem.tryAcquire(1));
    sem.release(2);
    tries.push(sem.tryAcquire(1));
    await sem.acquire(background(), 1);
    tries.push(sem.tryAcquire(1));
    expect(tries).toEqual([true, false, true, false]);
  });

  it('takes 1 when no weight is given', () => {
    const sem = new Weighted(3);
    expect(sem.tryAcquire()).toBe(true);
    expect(sem.tryAcquire(undefined)).toBe(true);
    expect(sem.available).toBe(1);
  });

  it('changes nothing when it refuses', () => {
    const sem = new Weighted(2);
    sem.tryAcquire();
    expect(sem.tryAcquire(2)).toBe(false);
    expect([sem.available, sem.waiting]).toEqual([1, 0]);
  });

  it('refuses more than the size', () => {
    expect(new Weighted(2).tryAcquire(3)).toBe(false);
    expect(new Weighted(0).tryAcquire()).toBe(false);
  });

  it('takes weight 0 from a semaphore of size 0 [go: TestWeightedZeroSize]', () => {
    expect(new Weighted(0).tryAcquire(0)).toBe(true);
  });

  it('never overtakes a waiter, not even when it would fit, not even with weight 0', async () => {
    const sem = new Weighted(3);
    sem.tryAcquire(2);
    const [ctx, cancel] = withCancel(background());
    watch(sem.acquire(ctx, 2));
    expect(sem.available).toBe(1);
    expect(sem.tryAcquire(1)).toBe(false);
    expect(sem.tryAcquire(0)).toBe(false);
    cancel();
    expect(sem.tryAcquire(1)).toBe(true);
    await drain();
    expect(sem.available).toBe(0);
  });

  it('takes the rest when the waiters have been granted theirs', () => {
    const sem = new Weighted(3);
    sem.tryAcquire(3);
    watch(sem.acquire(2));
    sem.release(3);
    expect(sem.tryAcquire(2)).toBe(false);
    expect(sem.tryAcquire(1)).toBe(true);
  });

  it('throws a RangeError when the weight is negative [go: TestWeightedNegativeWeightPanic]', () => {
    const sem = new Weighted(1);
    expect(() => sem.tryAcquire(-1)).toThrow(notAWeight('weight', '-1'));
    expect(sem.available).toBe(1);
  });

  it.each(notWeights)('throws a RangeError when the weight is %s', (text, n) => {
    const sem = new Weighted(1);
    expect(() => Reflect.apply(sem.tryAcquire, sem, [n])).toThrow(notAWeight('weight', text));
    expect(sem.available).toBe(1);
  });
});

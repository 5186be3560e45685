import { Weighted } from '@gosync/semaphore';
import { describe, expect, it } from 'vitest';
import { drain, watch } from '@gosync/testing/microtasks';
import { notAWeight, notWeights } from './weights.ts';

describe('Weighted.release()', () => {
  it('gives back 1 when no weight is given', () => {
    const sem = new Weighted(3);
    sem.tryAcquire(3);
    sem.release();
    sem.release(undefined);
    expect(sem.available).toBe(2);
  });

  it('takes units back in other portions than they were taken', () => {
    const sem = new Weighted(5);
    sem.tryAcquire(2);
    sem.tryAcquire(3);
    sem.release(4);
    sem.release(0);
    sem.release(1);
    expect(sem.available).toBe(5);
  });

  it('grants every waiter that now fits, in order, before it returns', async () => {
    const sem = new Weighted(10);
    sem.tryAcquire(10);
    const served: number[] = [];
    for (const n of [1, 2, 3, 0, 4, 1]) void sem.acquire(n).then(() => served.push(n));
    sem.release(9);
    expect(sem.waiting).toBe(2);
    expect(sem.available).toBe(3);
    await drain();
    expect(served).toEqual([1, 2, 3, 0]);
    sem.release(2);
    expect([sem.available, sem.waiting]).toEqual([0, 0]);
    await drain();
    expect(served).toEqual([1, 2, 3, 0, 4, 1]);
  });

  it('resumes those it grants only after it has returned', async () => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    const log: string[] = [];
    void sem.acquire().then(() => log.push('resumed'));
    sem.release();
    log.push('returned');
    await drain();
    expect(log).toEqual(['returned', 'resumed']);
  });

  it('does not let in what fits behind a waiter that does not', async () => {
    const sem = new Weighted(4);
    sem.tryAcquire(4);
    const large = watch(sem.acquire(3));
    const small = watch(sem.acquire(1));
    sem.release(2);
    await drain();
    expect([large.state, small.state]).toEqual(['pending', 'pending']);
    expect([sem.available, sem.waiting]).toEqual([2, 2]);
  });

  it('throws when nothing is held [go: TestWeightedPanic]', () => {
    const sem = new Weighted(1);
    expect(() => sem.release(1)).toThrow(
      new RangeError('semaphore: released more than held: 1 of 0'),
    );
  });

  it('throws and changes nothing when more is released than held', async () => {
    const sem = new Weighted(3);
    sem.tryAcquire(2);
    const waiter = watch(sem.acquire(2));
    const tooMuch = new RangeError('semaphore: released more than held: 3 of 2');
    for (let i = 0; i < 3; i++) expect(() => sem.release(3)).toThrow(tooMuch);
    expect([sem.available, sem.waiting]).toEqual([1, 1]);
    await drain();
    expect(waiter.state).toBe('pending');
    sem.release(2);
    expect([sem.available, sem.waiting]).toEqual([1, 0]);
    sem.release(2);
    expect(sem.available).toBe(3);
  });

  it('counts units of a granted waiter as held, even before the waiter resumes', () => {
    const sem = new Weighted(2);
    sem.tryAcquire(2);
    watch(sem.acquire(2));
    sem.release(2);
    expect(sem.available).toBe(0);
    sem.release(2);
    expect(() => sem.release(1)).toThrow(
      new RangeError('semaphore: released more than held: 1 of 0'),
    );
  });

  it('throws a RangeError when the weight is negative [go: TestWeightedNegativeWeightPanic]', () => {
    const sem = new Weighted(1);
    expect(() => sem.release(-1)).toThrow(notAWeight('weight', '-1'));
  });

  it.each(notWeights)('throws a RangeError when the weight is %s', (text, n) => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    expect(() => Reflect.apply(sem.release, sem, [n])).toThrow(notAWeight('weight', text));
    expect(sem.available).toBe(0);
  });
});

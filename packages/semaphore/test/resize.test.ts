import { afterFunc, background, withCancel, withCancelCause } from '@gosync/context';
import { type Permit, Weighted } from '@gosync/semaphore';
import { describe, expect, it } from 'vitest';
import { drain, watch } from '@gosync/testing/microtasks';
import { notAWeight, notWeights } from './weights.ts';

describe('Weighted.resize()', () => {
  it('changes the size and what is available', () => {
    const sem = new Weighted(3);
    sem.tryAcquire(2);
    sem.resize(5);
    expect([sem.size, sem.available]).toEqual([5, 3]);
    sem.resize(Number.MAX_SAFE_INTEGER);
    expect(sem.available).toBe(Number.MAX_SAFE_INTEGER - 2);
  });

  it('grants, in order, all that fits when the size grows, before it returns', async () => {
    const sem = new Weighted(4);
    sem.tryAcquire(4);
    const served: number[] = [];
    for (const n of [2, 1, 3, 1]) void sem.acquire(n).then(() => served.push(n));
    sem.resize(8);
    expect([sem.available, sem.waiting]).toEqual([1, 2]);
    await drain();
    expect(served).toEqual([2, 1]);
  });

  it('takes nothing back when the size shrinks, and grants nothing until what is held fits again', async () => {
    const sem = new Weighted(5);
    sem.tryAcquire(5);
    const outcome = watch(sem.acquire(1));
    const zero = watch(sem.acquire(0));
    sem.resize(2);
    expect([sem.size, sem.available, sem.waiting]).toEqual([2, 0, 2]);
    expect([sem.tryAcquire(), sem.tryAcquire(0)]).toEqual([false, false]);
    sem.release(3);
    await drain();
    expect([outcome.state, zero.state, sem.available]).toEqual(['pending', 'pending', 0]);
    sem.release();
    await drain();
    expect([outcome.state, zero.state, sem.available]).toEqual(['fulfilled', 'fulfilled', 0]);
  });

  it('knows at release what is held, whatever the size', () => {
    const sem = new Weighted(5);
    sem.tryAcquire(5);
    sem.resize(0);
    expect(() => sem.release(6)).toThrow(
      new RangeError('semaphore: released more than held: 6 of 5'),
    );
    sem.release(5);
    expect(() => sem.release()).toThrow(
      new RangeError('semaphore: released more than held: 1 of 0'),
    );
    sem.resize(5);
    expect(sem.available).toBe(5);
  });

  it('lets requests pass a request that has become too large', async () => {
    const sem = new Weighted(10);
    sem.tryAcquire(2);
    const large = watch(sem.acquire(9));
    const small = [watch(sem.acquire(2)), watch(sem.acquire(1))];
    sem.resize(5);
    await drain();
    expect([large, ...small].map(({ state }) => state)).toEqual([
      'pending',
      'fulfilled',
      'fulfilled',
    ]);
    expect([sem.available, sem.waiting, sem.tryAcquire(0)]).toEqual([0, 1, true]);
  });

  it('puts a request that fits the size again back at the place of its arrival', async () => {
    const sem = new Weighted(4);
    sem.tryAcquire(4);
    const served: string[] = [];
    for (const [name, n] of [['a', 1], ['b', 4], ['c', 1], ['d', 3], ['e', 2]] as const) {
      void sem.acquire(n).then(() => served.push(name));
    } // prettier-ignore
    sem.resize(2);
    sem.resize(4);
    for (let i = 0; i < 4; i++) {
      sem.release(sem.size - sem.available);
      await drain();
    }
    expect(served).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('puts a request that came too large before the requests that came later', async () => {
    const sem = new Weighted(2);
    sem.tryAcquire(2);
    const served: string[] = [];
    const [ctx] = withCancel(background());
    void sem.acquire(ctx, 3).then(() => served.push('large'));
    void sem.acquire(1).then(() => served.push('small'));
    sem.resize(3);
    sem.release(2);
    await drain();
    expect(served).toEqual(['large']);
    expect(sem.tryAcquire(0)).toBe(false);
    sem.release(3);
    await drain();
    expect(served).toEqual(['large', 'small']);
  });

  it('keeps a request that nothing can end when it becomes too large, and refuses one that comes so', async () => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    const before = watch(sem.acquire());
    sem.resize(0);
    sem.release();
    await expect(sem.acquire()).rejects.toThrow(
      new RangeError('semaphore: acquire would wait for ever: 1 of 0'),
    );
    expect([before.state, sem.waiting]).toEqual(['pending', 1]);
    sem.resize(1);
    await drain();
    expect([before.state, sem.waiting]).toEqual(['fulfilled', 0]);
  });

  it('lets a request leave that has become too large, when its context ends', async () => {
    const sem = new Weighted(3);
    sem.tryAcquire(2);
    const [ctx, cancel] = withCancelCause(background());
    const outcomes = [watch(sem.acquire(ctx, 3)), watch(sem.acquire(ctx, 2))];
    const last = watch(sem.acquire(2));
    sem.resize(2);
    cancel('enough');
    expect(sem.waiting).toBe(1);
    sem.resize(3);
    sem.release();
    await drain();
    expect(outcomes.map(({ result }) => result)).toEqual(['enough', 'enough']);
    expect([last.state, sem.available]).toEqual(['fulfilled', 0]);
  });

  it('serves each of several requests under one context that a change of size has parted', async () => {
    const sem = new Weighted(5);
    sem.tryAcquire(5);
    const [ctx, cancel] = withCancelCause(background());
    const outcomes = [4, 1, 4, 1, 4].map((n) => watch(sem.acquire(ctx, n)));
    sem.resize(2);
    sem.release(5);
    await drain();
    const states = (): string[] => outcomes.map(({ state }) => state);
    expect(states()).toEqual(['pending', 'fulfilled', 'pending', 'fulfilled', 'pending']);
    cancel('enough');
    await drain();
    expect(states()).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled', 'rejected']);
    expect([sem.available, sem.waiting]).toEqual([0, 0]);
  });

  it('grants nothing under a context that has just ended, when a callback of it resizes', async () => {
    const sem = new Weighted(1);
    const [ctx, cancel] = withCancelCause(background());
    afterFunc(ctx, () => sem.resize(3));
    const outcome = watch(sem.acquire(ctx, 2));
    cancel('enough');
    await drain();
    expect(outcome).toEqual({ state: 'rejected', result: 'enough' });
    expect([sem.available, sem.waiting]).toEqual([3, 0]);
  });

  it('loses nothing when it is called with one size after the other under load', async () => {
    const sem = new Weighted(3);
    const order: number[] = [];
    const all = Array.from({ length: 20 }, async (_, i) => {
      using permit: Permit = await sem.permit();
      order.push(i);
      await drain(permit.n + (i % 3));
    });
    for (const size of [5, 1, 0, 3]) {
      sem.resize(size);
      await drain(2);
      expect(sem.available).toBeGreaterThanOrEqual(0);
    }
    await Promise.all(all);
    expect(order).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect([sem.available, sem.waiting]).toEqual([3, 0]);
  });

  it.each(notWeights)(
    'throws a RangeError and changes nothing when the size is %s',
    (text, size) => {
      const sem = new Weighted(2);
      expect(() => Reflect.apply(sem.resize, sem, [size])).toThrow(notAWeight('size', text));
      expect([sem.size, sem.available]).toEqual([2, 2]);
    },
  );
});

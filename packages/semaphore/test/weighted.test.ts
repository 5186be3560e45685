import { background } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { describe, expect, it } from 'vitest';
import { drain, watch } from '@gosync/testing/microtasks';
import { notAWeight, notWeights } from './weights.ts';

describe('new Weighted()', () => {
  it.each([0, 1, 10, Number.MAX_SAFE_INTEGER])('starts with all of %d available', (size) => {
    const sem = new Weighted(size);
    expect(sem.size).toBe(size);
    expect(sem.available).toBe(size);
    expect(sem.waiting).toBe(0);
  });

  it('throws a RangeError when the size is negative [go: TestWeightedNegativeSizePanic]', () => {
    expect(() => new Weighted(-1)).toThrow(notAWeight('size', '-1'));
  });

  it.each([...notWeights, ['undefined', undefined] as const])(
    'throws a RangeError when the size is %s',
    (text, size) => {
      expect(() => Reflect.construct(Weighted, [size])).toThrow(notAWeight('size', text));
    },
  );

  it('keeps the units of two semaphores apart', () => {
    const one = new Weighted(2);
    const other = new Weighted(2);
    one.tryAcquire(2);
    expect(other.available).toBe(2);
  });
});

describe('Weighted.size', () => {
  it('stays the same while units come and go', async () => {
    const sem = new Weighted(3);
    await sem.acquire(2);
    expect(sem.size).toBe(3);
    sem.release(2);
    expect(sem.size).toBe(3);
  });

  it('cannot be set', () => {
    const sem = new Weighted(3);
    expect(Reflect.set(sem, 'size', 4)).toBe(false);
    expect(sem.size).toBe(3);
  });
});

describe('Weighted.available', () => {
  it('counts what nobody holds, at every moment', async () => {
    const sem = new Weighted(5);
    const acquired = sem.acquire(2);
    expect(sem.available).toBe(3);
    await acquired;
    sem.tryAcquire(3);
    expect(sem.available).toBe(0);
    sem.release(4);
    expect(sem.available).toBe(4);
  });

  it('does not count what a queued request asks for', () => {
    const sem = new Weighted(5);
    sem.tryAcquire(3);
    watch(sem.acquire(4));
    expect(sem.available).toBe(2);
  });

  it('is exact at the largest size', () => {
    const sem = new Weighted(Number.MAX_SAFE_INTEGER);
    expect(sem.tryAcquire(Number.MAX_SAFE_INTEGER - 1)).toBe(true);
    expect(sem.available).toBe(1);
    expect(sem.tryAcquire(2)).toBe(false);
    expect(sem.tryAcquire()).toBe(true);
    sem.release(Number.MAX_SAFE_INTEGER);
    expect(sem.available).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('Weighted.waiting', () => {
  it('counts the requests that wait, in line or beside it', async () => {
    const sem = new Weighted(2);
    const controller = new AbortController();
    sem.tryAcquire(2);
    watch(sem.acquire());
    watch(sem.permit(background(), 2));
    watch(sem.run(controller.signal, () => undefined));
    watch(sem.acquire(controller.signal, 3));
    expect(sem.waiting).toBe(4);
    controller.abort();
    expect(sem.waiting).toBe(2);
    sem.release(2);
    expect(sem.waiting).toBe(1);
    sem.release();
    expect(sem.waiting).toBe(0);
    await drain();
    expect(sem.waiting).toBe(0);
  });
});

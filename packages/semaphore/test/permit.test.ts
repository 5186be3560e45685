import { background, withCancelCause } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { describe, expect, it } from 'vitest';
import { drain, watch } from '@gosync/testing/microtasks';
import { notAWeight, notWeights } from './weights.ts';

describe('Weighted.permit()', () => {
  it('resolves with a permit for its weight, in every form of call', async () => {
    const sem = new Weighted(20);
    const permits = [
      await sem.permit(),
      await sem.permit(2),
      await sem.permit(background()),
      await sem.permit(new AbortController().signal, 4),
      await sem.permit(background(), undefined),
    ];
    expect(permits.map(({ n }) => n)).toEqual([1, 2, 1, 4, 1]);
    expect(sem.available).toBe(11);
    for (const permit of permits) permit.release();
    expect(sem.available).toBe(20);
  });

  it('holds its units at once, before the permit is looked at', () => {
    const sem = new Weighted(3);
    void sem.permit(2);
    expect(sem.available).toBe(1);
  });

  it('queues and is granted in its turn', async () => {
    const sem = new Weighted(2);
    sem.tryAcquire(2);
    const first = sem.permit(2);
    const second = watch(sem.permit());
    sem.release(2);
    const permit = await first;
    expect(permit.n).toBe(2);
    expect(second.state).toBe('pending');
    permit.release();
    await drain();
    expect(second.state).toBe('fulfilled');
    expect(second.result).toHaveProperty('n', 1);
  });

  it('rejects with the cause of its context, before and while it waits', async () => {
    const sem = new Weighted(1);
    const [ctx, cancel] = withCancelCause(background());
    sem.tryAcquire();
    const waiting = watch(sem.permit(ctx));
    cancel('enough');
    sem.release();
    const late = watch(sem.permit(ctx));
    await drain();
    expect(waiting).toEqual({ state: 'rejected', result: 'enough' });
    expect(late).toEqual({ state: 'rejected', result: 'enough' });
    expect(sem.available).toBe(1);
  });

  it.each(notWeights)('rejects with a RangeError when the weight is %s', async (text, n) => {
    const sem = new Weighted(1);
    const promise: unknown = Reflect.apply(sem.permit, sem, [background(), n]);
    await expect(promise).rejects.toThrow(notAWeight('weight', text));
    expect(sem.available).toBe(1);
  });

  it('rejects with a TypeError when the context is none', async () => {
    const sem = new Weighted(1);
    await expect(Reflect.apply(sem.permit, sem, [null])).rejects.toThrow(TypeError);
    expect(sem.available).toBe(1);
  });
});

describe('Weighted.tryPermit()', () => {
  it('returns a permit when there is room', () => {
    const sem = new Weighted(3);
    expect(sem.tryPermit()?.n).toBe(1);
    expect(sem.tryPermit(2)?.n).toBe(2);
    expect(sem.available).toBe(0);
  });

  it('returns undefined when there is no room, or somebody waits', () => {
    const sem = new Weighted(3);
    sem.tryAcquire(2);
    expect(sem.tryPermit(2)).toBe(undefined);
    watch(sem.acquire(2));
    expect(sem.tryPermit()).toBe(undefined);
    expect([sem.available, sem.waiting]).toEqual([1, 1]);
  });

  it.each(notWeights)('throws a RangeError when the weight is %s', (text, n) => {
    const sem = new Weighted(1);
    expect(() => Reflect.apply(sem.tryPermit, sem, [n])).toThrow(notAWeight('weight', text));
    expect(sem.available).toBe(1);
  });
});

describe('Permit.release()', () => {
  it('releases once, however often and by whichever way it is called', async () => {
    const sem = new Weighted(3);
    sem.tryAcquire();
    const permit = await sem.permit(2);
    permit.release();
    permit.release();
    permit[Symbol.dispose]();
    expect(sem.available).toBe(2);
    expect(permit.n).toBe(2);
  });

  it('does not release the units of a later permit', async () => {
    const sem = new Weighted(1);
    const first = await sem.permit();
    first.release();
    const second = await sem.permit();
    first.release();
    expect(sem.available).toBe(0);
    second.release();
    expect(sem.available).toBe(1);
  });

  it('lets in who waits', async () => {
    const sem = new Weighted(1);
    const permit = await sem.permit();
    const waiter = watch(sem.acquire());
    permit.release();
    permit.release();
    await drain();
    expect(waiter.state).toBe('fulfilled');
    expect(sem.available).toBe(0);
  });

  it('throws when somebody else gave its units back, and is spent: it takes nobody’s units later', async () => {
    const sem = new Weighted(2);
    const permit = await sem.permit(2);
    sem.release(2);
    expect(() => permit.release()).toThrow(
      new RangeError('semaphore: released more than held: 2 of 0'),
    );
    sem.tryAcquire(2);
    permit.release();
    permit[Symbol.dispose]();
    expect(sem.available).toBe(0);
  });
});

describe('Permit[Symbol.dispose]()', () => {
  it('gives the units back at the end of the block', async () => {
    const sem = new Weighted(3);
    {
      using permit = await sem.permit(2);
      using other = sem.tryPermit();
      expect([permit.n, other?.n, sem.available]).toEqual([2, 1, 0]);
    }
    expect(sem.available).toBe(3);
  });

  it('gives the units back when the block throws', async () => {
    const sem = new Weighted(3);
    const work = async (): Promise<void> => {
      using permit = await sem.permit(2);
      throw new Error(`failed with ${permit.n}`);
    };
    await expect(work()).rejects.toThrow('failed with 2');
    expect(sem.available).toBe(3);
  });

  it('does nothing in a block that got no permit', () => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    {
      using permit = sem.tryPermit();
      expect(permit).toBe(undefined);
    }
    expect(sem.available).toBe(0);
  });

  it('does nothing after an early release', async () => {
    const sem = new Weighted(2);
    sem.tryAcquire();
    {
      using permit = await sem.permit();
      permit.release();
    }
    expect(sem.available).toBe(1);
  });
});

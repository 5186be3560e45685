import { background, cause } from '@gosync/context';
import { withContext } from '@gosync/errgroup';
import { Weighted } from '@gosync/semaphore';
import { describe, expect, it } from 'vitest';
import { Deferred, drain, watch } from '@gosync/testing/microtasks';

describe('groups that share a Weighted', () => {
  it('together never hold more than its size', async () => {
    const sem = new Weighted(10);
    const held = { now: 0, peak: 0, own: [0, 0, 0] };
    const groups = [0, 1, 2].map(async (g) => {
      const [group, ctx] = withContext(background());
      group.setLimit(4);
      for (let i = 0; i < 50; i++) {
        const n = (i * 7 + g) % 6;
        await group.go(() =>
          sem.run(ctx, n, async () => {
            held.now += n;
            held.peak = Math.max(held.peak, held.now);
            await drain((i + g) % 4);
            held.now -= n;
            held.own[g] = (held.own[g] ?? 0) + 1;
          }),
        );
      }
      await group.wait();
    });
    await Promise.all(groups);
    expect(held.peak).toBeGreaterThan(5);
    expect(held.peak).toBeLessThanOrEqual(10);
    expect(held.own).toEqual([50, 50, 50]);
    expect([sem.available, sem.waiting]).toEqual([10, 0]);
  });

  it('fail apart: the waiters of the failed one leave with its error, those of the other stay', async () => {
    const sem = new Weighted(1);
    const blocker = await sem.permit();
    const [failing, failingCtx] = withContext(background());
    const [other, otherCtx] = withContext(background());
    const reasons: unknown[] = [];
    let ran = 0;
    for (let i = 0; i < 3; i++) {
      void failing.go(async (ctx) => {
        try {
          await sem.run(ctx, () => reasons.push('never runs'));
        } catch (reason) {
          reasons.push(reason);
        }
        throw new Error('a later error');
      });
      void other.go((ctx) => sem.run(ctx, () => ran++));
    }
    expect(sem.waiting).toBe(6);
    const error = new Error('disk full');
    void failing.go(() => {
      throw error;
    });
    expect(sem.waiting).toBe(3);
    await expect(failing.wait()).rejects.toBe(error);
    expect(reasons).toEqual([error, error, error]);
    expect(cause(failingCtx)).toBe(error);
    expect(otherCtx.err).toBe(undefined);
    blocker.release();
    await other.wait();
    expect(ran).toBe(3);
    expect(sem.available).toBe(1);
  });

  it('reject with the first error when the producer acquires before it hands over', async () => {
    const sem = new Weighted(2);
    const [group, ctx] = withContext(background());
    const error = new Error('third');
    const produce = async (): Promise<void> => {
      for (let i = 0; ; i++) {
        await sem.acquire(ctx);
        void group.go(async () => {
          try {
            await drain(3);
            if (i === 2) throw error;
          } finally {
            sem.release();
          }
        });
      }
    };
    await expect(produce()).rejects.toBe(error);
    await expect(group.wait()).rejects.toBe(error);
    expect(sem.available).toBe(2);
  });

  it('do not deadlock when one has a limit below the weight that is waited for', async () => {
    const sem = new Weighted(3);
    const [group, ctx] = withContext(background());
    group.setLimit(1);
    const order: number[] = [];
    for (const n of [3, 1, 2]) void group.go(() => sem.run(ctx, n, () => order.push(n)));
    await group.wait();
    expect(order).toEqual([3, 1, 2]);
  });

  it('pass a place on when a waiter leaves with its group', async () => {
    const sem = new Weighted(2);
    sem.tryAcquire();
    const [group] = withContext(background());
    void group.go((ctx) => sem.acquire(ctx, 2));
    const behind = watch(sem.acquire());
    const end = new Deferred();
    void group.go(() => end.promise);
    await drain();
    expect(behind.state).toBe('pending');
    end.reject('failed');
    await drain();
    expect(behind.state).toBe('fulfilled');
    await expect(group.wait()).rejects.toBe('failed');
  });
});

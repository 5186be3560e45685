import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { background, type Context, withCancelCause } from '@gosync/context';
import { Keyed, Weighted } from '@gosync/semaphore';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { drain } from '@gosync/testing/microtasks';

// A hundred thousand of anything takes a while on a machine that is busy with something else.
vi.setConfig({ testTimeout: 60_000 });

let collect: () => void;

beforeAll(() => {
  setFlagsFromString('--expose-gc');
  collect = runInNewContext('gc');
});

async function heap(): Promise<number> {
  await drain();
  collect();
  return process.memoryUsage().heapUsed;
}

/**
 * How many bytes each of `total` requests leaves behind. They are counted in four batches, and the least counts: what is
 * kept shows in every batch, what the test runner does at the same time does not.
 */
async function left(total: number, batch: (length: number) => void): Promise<number> {
  const length = total / 4;
  batch(1000);
  let before = await heap();
  let least = Infinity;
  for (let i = 0; i < 4; i++) {
    batch(length);
    const after = await heap();
    least = Math.min(least, (after - before) / length);
    before = after;
  }
  return least;
}

/** Well below what a request that is kept takes. */
const noise = 20;

/** One for all: making an error takes longer than all the rest. */
const cause = new Error('abandoned');
const ignore = (): void => undefined;

/** Lets somebody wait for `n` under `ctx`. */
function abandon(sem: Weighted, ctx: Context | AbortSignal, n: number): void {
  sem.acquire(ctx, n).catch(ignore);
}

function full(): Weighted {
  const sem = new Weighted(1);
  sem.tryAcquire();
  return sem;
}

describe('a Weighted that is full for ever', () => {
  it.each([
    [100_000, 'in the queue', 1],
    [20_000, 'for more than there is', 2],
  ])('keeps nothing of %d requests that were abandoned one by one %s', async (total, _where, n) => {
    const sem = full();
    const [parent] = withCancelCause(background());
    const bytes = await left(total, (length) => {
      for (let i = 0; i < length; i++) {
        const [ctx, cancel] = withCancelCause(parent);
        abandon(sem, ctx, n);
        cancel(cause);
      }
    });
    expect(bytes).toBeLessThan(noise);
    expect(sem.waiting).toBe(0);
    expect(parent.err).toBe(undefined);
  });

  it('keeps nothing of 100,000 waiters that were in the queue together', async () => {
    const sem = full();
    const lengths: number[] = [];
    const bytes = await left(100_000, (length) => {
      const contexts = Array.from({ length }, () => withCancelCause(background()));
      for (const [ctx] of contexts) abandon(sem, ctx, 1);
      lengths.push(sem.waiting);
      // The last first: each leaves from the far end of the queue.
      while (contexts.length > 0) contexts.pop()?.[1](cause);
      lengths.push(sem.waiting);
    });
    expect(bytes).toBeLessThan(noise);
    expect(lengths.slice(-2)).toEqual([25_000, 0]);
  });
});

describe('a long-lived AbortSignal', () => {
  it('keeps nothing of 100,000 requests that waited on it and were granted', async () => {
    const { signal } = new AbortController();
    const sem = full();
    const bytes = await left(100_000, (length) => {
      for (let i = 0; i < length; i++) {
        abandon(sem, signal, 1);
        sem.release();
      }
    });
    expect(bytes).toBeLessThan(noise);
    expect([sem.available, sem.waiting]).toEqual([0, 0]);
  });
});

describe('a Keyed', () => {
  it('keeps nothing of a million keys that were used once', async () => {
    const keyed = new Keyed<object>(1);
    const bytes = await left(1_000_000, (length) => {
      for (let i = 0; i < length; i++) keyed.tryPermit({ i })?.release();
    });
    expect(bytes).toBeLessThan(noise);
    expect(keyed.keys).toBe(0);
  });

  it('keeps nothing of 20,000 keys that were waited for and abandoned', async () => {
    const keyed = new Keyed<object>(1);
    const bytes = await left(20_000, (length) => {
      for (let i = 0; i < length; i++) {
        const [ctx, cancel] = withCancelCause(background());
        keyed.permit(ctx, { i }, 2).catch(ignore);
        cancel(cause);
      }
    });
    expect(bytes).toBeLessThan(noise);
    expect(keyed.keys).toBe(0);
  });
});

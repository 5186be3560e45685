import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { background, withCancelCause } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { beforeAll, describe, expect, it } from 'vitest';
import { drain } from './microtasks.ts';

let collect: () => void;

beforeAll(() => {
  setFlagsFromString('--expose-gc');
  collect = runInNewContext('gc');
});

async function heap(): Promise<number> {
  await drain();
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

const ignore = (): void => undefined;
const abandon = (promise: Promise<void>): void => void promise.catch(ignore);

/** How many bytes each of 100,000 rounds leaves behind. */
async function left(round: () => void): Promise<number> {
  for (let i = 0; i < 1000; i++) round();
  const before = await heap();
  for (let i = 0; i < 100_000; i++) {
    round();
    if (i % 1000 === 0) await drain(5);
  }
  return ((await heap()) - before) / 100_000;
}

/** One for all: making an error takes longer than all the rest. */
const cause = new Error('abandoned');

/** A waiter that is kept is more than 100 bytes. */
const noise = 20;

describe('a Weighted that is full for ever', () => {
  it('keeps nothing of 100,000 waiters that were abandoned one by one', async () => {
    const sem = new Weighted(0);
    const [parent, cancelParent] = withCancelCause(background());
    const bytes = await left(() => {
      const [ctx, cancel] = withCancelCause(parent);
      abandon(sem.acquire(ctx));
      cancel(cause);
    });
    expect(bytes).toBeLessThan(noise);
    expect(sem.waiting).toBe(0);
    cancelParent();
  });

  it('keeps nothing of 100,000 waiters that were in the queue together', async () => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    const batch = async (length: number): Promise<void> => {
      const contexts = Array.from({ length }, () => withCancelCause(background()));
      for (const [ctx] of contexts) abandon(sem.acquire(ctx));
      expect(sem.waiting).toBe(length);
      // The last first: each leaves from the far end of the queue.
      while (contexts.length > 0) contexts.pop()?.[1](cause);
      expect(sem.waiting).toBe(0);
      await drain();
    };
    await batch(1000);
    const before = await heap();
    await batch(100_000);
    expect(((await heap()) - before) / 100_000).toBeLessThan(noise);
  });
});

describe('a long-lived AbortSignal', () => {
  it('keeps nothing of 100,000 requests that waited on it and were granted', async () => {
    const { signal } = new AbortController();
    const sem = new Weighted(1);
    const bytes = await left(() => {
      sem.tryAcquire();
      abandon(sem.acquire(signal));
      sem.release();
      sem.release();
    });
    expect(bytes).toBeLessThan(noise);
  });
});

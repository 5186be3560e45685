import { background, withCancel } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const unhandled: unknown[] = [];
const note = (reason: unknown): unknown => unhandled.push(reason);

beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});

afterEach(() => {
  process.off('unhandledRejection', note);
});

/** Node tells of unhandled rejections when the microtasks are done, before it goes on to the next phase. */
function nextPhase(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('Weighted', () => {
  it('rejects the promise that it returns, and no other', async () => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    const [ctx, cancel] = withCancel(background());
    const calls = (): Promise<unknown>[] => [
      sem.acquire(ctx),
      sem.acquire(ctx, 2),
      sem.permit(ctx),
      sem.permit(ctx, -1),
      sem.run(ctx, () => undefined),
      sem.run(ctx, 2, () => undefined),
      sem.acquire(2),
    ];
    const waiting = Promise.allSettled(calls());
    cancel();
    sem.release();
    const late = Promise.allSettled(calls());
    const failing = Promise.allSettled([
      sem.run(() => Promise.reject(new Error('task'))),
      sem.run(() => {
        throw new Error('task');
      }),
    ]);
    const settled = [...(await waiting), ...(await late), ...(await failing)];
    expect(settled.map(({ status }) => status)).toEqual(Array(16).fill('rejected'));
    await nextPhase();
    expect(unhandled).toEqual([]);
  });
});

import { afterFunc, background, todo, withTimeout } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { describe, expect, it } from 'vitest';
import { drain } from '@gosync/testing/microtasks';

/** How many steps the Collatz sequence takes from `n` to 1. */
function collatzSteps(n: number): number {
  let steps = 0;
  for (let value = n; value > 1; steps++) value = value % 2 === 0 ? value / 2 : 3 * value + 1;
  return steps;
}

describe('examples of @gosync/semaphore', () => {
  it('a worker pool: acquire before each task, and all of it to wait for the end [go: Example_workerPool]', async () => {
    const ctx = todo();
    const maxWorkers = 4;
    const sem = new Weighted(maxWorkers);
    const out: number[] = [];
    let working = 0;
    let peak = 0;

    const work = async (i: number): Promise<void> => {
      peak = Math.max(peak, ++working);
      await drain(5);
      out[i] = collatzSteps(i + 1);
      working--;
      sem.release();
    };
    for (let i = 0; i < 32; i++) {
      await sem.acquire(ctx, 1);
      void work(i);
    }
    await sem.acquire(ctx, maxWorkers);

    expect(out.join(' ')).toBe(
      '0 1 7 2 5 8 16 3 19 6 14 9 9 17 17 4 12 20 20 7 7 15 15 10 23 10 111 18 18 18 106 5',
    );
    expect(peak).toBe(maxWorkers);
  });

  it('readers and one writer: the writer takes everything', async () => {
    const readers = 5;
    const lock = new Weighted(readers);
    const log: string[] = [];
    const read = (name: string): Promise<void> =>
      lock.run(async () => {
        log.push(`${name} begins`);
        await drain(2);
        log.push(`${name} ends`);
      });
    const write = (): Promise<void> =>
      lock.run(background(), readers, async () => {
        log.push(`write begins, ${lock.available} free`);
        await drain(2);
        log.push('write ends');
      });
    await Promise.all([read('a'), read('b'), write(), read('c')]);
    expect(log).toEqual([
      'a begins',
      'b begins',
      'a ends',
      'b ends',
      'write begins, 0 free',
      'write ends',
      'c begins',
      'c ends',
    ]);
  });

  it('a wait that is bounded by the time the request has left', async () => {
    const sem = new Weighted(1);
    await sem.acquire();
    const [ctx, cancel] = withTimeout(background(), 0);
    await expect(sem.acquire(ctx)).rejects.toThrow('context deadline exceeded');
    cancel();
  });

  it('a slot that is given back when its context ends', async () => {
    const sem = new Weighted(1);
    const controller = new AbortController();
    const permit = await sem.permit(controller);
    afterFunc(controller, () => permit.release());
    controller.abort();
    expect(sem.available).toBe(1);
    permit.release();
    expect(sem.available).toBe(1);
  });
});

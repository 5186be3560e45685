import { background, withCancel } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { row } from '../row.mjs';

const turn = Promise.resolve();

const workers = 200;

/**
 * `workers` at once with weights 1 to 5, each of which runs `round` until all together have run it `n` times.
 * @param {number} n
 * @param {(weight: number) => Promise<void>} round
 */
async function crowd(n, round) {
  const work = async (/** @type {unknown} */ _, /** @type {number} */ worker) => {
    for (let i = 0; i < n / workers; i++) await round(1 + (worker % 5));
  };
  await Promise.all(Array.from({ length: workers }, work));
}

export const weighted = row({
  id: 'weighted',
  title: '200 workers, weights 1–5 of 10, all under one context',
  per: 'acquire',
  unit: 'ns',
  n: 20_000,
  go: 'Weighted',
  targets: [
    { than: 'peer', atMost: 0.7 },
    { than: 'go', atMost: 0.7 },
  ],
  why: 'As for `contended`: a promise and an object for each waiter, and the look at its context before it is granted.',
  contenders: {
    gosync: (n) => {
      const semaphore = new Weighted(10);
      const [ctx] = withCancel(background());
      return async () => {
        let done = 0;
        await crowd(n, async (weight) => {
          await semaphore.acquire(ctx, weight);
          await turn;
          done++;
          semaphore.release(weight);
        });
        return done;
      };
    },
    // Takes no context.
    'async-mutex': async (n) => {
      const { Semaphore } = await import('async-mutex');
      const semaphore = new Semaphore(10);
      return async () => {
        let done = 0;
        await crowd(n, async (weight) => {
          await semaphore.acquire(weight);
          await turn;
          done++;
          semaphore.release(weight);
        });
        return done;
      };
    },
  },
});

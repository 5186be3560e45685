import { Weighted } from '@gosync/semaphore';
import { row } from '../row.mjs';

const turn = Promise.resolve();
const nothing = () => {};

const workers = 1000;

/**
 * `workers` at once, each of which runs `round` until all together have run it `n` times.
 * @param {number} n
 * @param {() => Promise<void>} round
 */
async function crowd(n, round) {
  const work = async () => {
    for (let i = 0; i < n / workers; i++) await round();
  };
  await Promise.all(Array.from({ length: workers }, work));
}

export const contended = row({
  id: 'contended',
  title: '1,000 workers, 1 permit, each holds it across one `await`',
  per: 'acquire',
  unit: 'ns',
  n: 20_000,
  go: 'Contended',
  targets: [
    { than: 'peer', atMost: 0.9 },
    { than: 'go', atMost: 0.6 },
  ],
  why: 'The floor, promises handed on without any semaphore, is 0.85 of the fastest package. Ours adds one object per waiter; with private fields and two fields more it was 27 % slower.',
  contenders: {
    gosync: (n) => {
      const semaphore = new Weighted(1);
      return async () => {
        let done = 0;
        await crowd(n, async () => {
          await semaphore.acquire();
          await turn;
          done++;
          semaphore.release();
        });
        return done;
      };
    },
    // Each waits for a promise of its own, which the one before it resolves.
    floor: (n) => async () => {
      let done = 0;
      let last = Promise.resolve();
      await crowd(n, async () => {
        const before = last;
        /** @type {() => void} */
        let pass = nothing;
        last = new Promise((resolve) => (pass = resolve));
        await before;
        await turn;
        done++;
        pass();
      });
      return done;
    },
    'es-toolkit': async (n) => {
      const { Semaphore } = await import('es-toolkit');
      const semaphore = new Semaphore(1);
      return async () => {
        let done = 0;
        await crowd(n, async () => {
          await semaphore.acquire();
          await turn;
          done++;
          semaphore.release();
        });
        return done;
      };
    },
    'async-sema': async (n) => {
      const { Sema } = await import('async-sema');
      const semaphore = new Sema(1);
      return async () => {
        let done = 0;
        await crowd(n, async () => {
          await semaphore.acquire();
          await turn;
          done++;
          semaphore.release();
        });
        return done;
      };
    },
    'async-mutex': async (n) => {
      const { Semaphore } = await import('async-mutex');
      const semaphore = new Semaphore(1);
      return async () => {
        let done = 0;
        await crowd(n, async () => {
          await semaphore.acquire();
          await turn;
          done++;
          semaphore.release();
        });
        return done;
      };
    },
  },
});

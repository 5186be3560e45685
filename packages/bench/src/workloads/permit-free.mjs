import { Weighted } from '@gosync/semaphore';
import { row } from '../row.mjs';

export const permitFree = row({
  id: 'permit-free',
  title: '`const p = await permit(); p.release()`, free',
  per: 'permit',
  unit: 'ns',
  n: 500_000,
  targets: [{ than: 'peer', atMost: 0.7 }],
  why: 'The floor, a new object and a promise for it, is 0.75 of the fastest package already.',
  contenders: {
    gosync: (n) => {
      const semaphore = new Weighted(1);
      return async () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          const permit = await semaphore.permit();
          done++;
          permit.release();
        }
        return done;
      };
    },
    // A permit that may be released twice is a new object each time, and so is the promise for it.
    floor: (n) => async () => {
      let done = 0;
      for (let i = 0; i < n; i++) {
        const permit = await Promise.resolve({ n: 1 });
        done += permit.n;
      }
      return done;
    },
    'async-mutex': async (n) => {
      const { Semaphore } = await import('async-mutex');
      const semaphore = new Semaphore(1);
      return async () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          const [, release] = await semaphore.acquire();
          done++;
          release();
        }
        return done;
      };
    },
    radashi: async (n) => {
      const { Semaphore } = await import('radashi');
      const semaphore = new Semaphore(1);
      return async () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          const permit = await semaphore.acquire();
          done++;
          permit.release();
        }
        return done;
      };
    },
  },
});

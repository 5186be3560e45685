import { Weighted } from '@gosync/semaphore';
import { row } from '../row.mjs';

export const acquireFree = row({
  id: 'acquire-free',
  title: '`await acquire(); release()`, free',
  per: 'acquire',
  unit: 'ns',
  n: 500_000,
  go: 'AcquireFree',
  targets: [
    { than: 'floor', atMost: 1.2 },
    { than: 'peer', atMost: 0.9 },
  ],
  why: 'The `await`, which everybody pays, is 0.82 of the fastest package; all that is ours is 3 ns.',
  contenders: {
    gosync: (n) => {
      const semaphore = new Weighted(1);
      return async () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          await semaphore.acquire();
          done++;
          semaphore.release();
        }
        return done;
      };
    },
    // An `await` is what no semaphore with promises can do without.
    floor: (n) => {
      const ready = Promise.resolve();
      return async () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          await ready;
          done++;
        }
        return done;
      };
    },
    'es-toolkit': async (n) => {
      const { Semaphore } = await import('es-toolkit');
      const semaphore = new Semaphore(1);
      return async () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          await semaphore.acquire();
          done++;
          semaphore.release();
        }
        return done;
      };
    },
    'async-sema': async (n) => {
      const { Sema } = await import('async-sema');
      const semaphore = new Sema(1);
      return async () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          await semaphore.acquire();
          done++;
          semaphore.release();
        }
        return done;
      };
    },
    'async-mutex': async (n) => {
      const { Semaphore } = await import('async-mutex');
      const semaphore = new Semaphore(1);
      return async () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          await semaphore.acquire();
          done++;
          semaphore.release();
        }
        return done;
      };
    },
  },
});

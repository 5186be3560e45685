import { background, withCancel } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { row } from '../row.mjs';

export const acquireFreeContext = row({
  id: 'acquire-free-context',
  title: '`await acquire(ctx); release()`, free, live context',
  per: 'acquire',
  unit: 'ns',
  n: 500_000,
  go: 'AcquireFreeContext',
  targets: [
    { than: 'floor', atMost: 1.2 },
    { than: 'peer', atMost: 0.9 },
  ],
  why: 'The floor is 0.83 of the peer, which does not look at a context at all; all but the `await` is 5 ns.',
  contenders: {
    gosync: (n) => {
      const semaphore = new Weighted(1);
      const [ctx] = withCancel(background());
      return async () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          await semaphore.acquire(ctx);
          done++;
          semaphore.release();
        }
        return done;
      };
    },
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
    // The only one of the fast peers' kind that takes a signal. It leaves a listener behind each time, so that
    // its time grows with `n`; a new signal for every 10 keeps that out of the comparison.
    radashi: async (n) => {
      const { Semaphore } = await import('radashi');
      const semaphore = new Semaphore(1);
      return async () => {
        let done = 0;
        for (let i = 0; i < n / 10; i++) {
          const { signal } = new AbortController();
          for (let j = 0; j < 10; j++) {
            const permit = await semaphore.acquire({ signal });
            done++;
            permit.release();
          }
        }
        return done;
      };
    },
    // Takes no context: what it would be without one.
    'es-toolkit (no context)': async (n) => {
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
  },
});

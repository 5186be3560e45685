import { Weighted } from '@gosync/semaphore';
import { row } from '../row.mjs';

export const tryAcquire = row({
  id: 'try-acquire',
  title: '`tryAcquire(); release()`',
  per: 'acquire',
  unit: 'ns',
  n: 5_000_000,
  go: 'TryAcquire',
  targets: [{ than: 'go', atMost: 0.4 }],
  contenders: {
    gosync: (n) => {
      const semaphore = new Weighted(1);
      return () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          if (semaphore.tryAcquire()) done++;
          semaphore.release();
        }
        return done;
      };
    },
    'async-sema': async (n) => {
      const { Sema } = await import('async-sema');
      const semaphore = new Sema(1);
      return () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          if (semaphore.tryAcquire() !== undefined) done++;
          semaphore.release();
        }
        return done;
      };
    },
  },
});

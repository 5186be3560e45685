import { Weighted } from '@gosync/semaphore';
import { row } from '../row.mjs';

export const semaphoreNew = row({
  id: 'semaphore-new',
  title: '`new Weighted(128)`',
  per: 'semaphore',
  unit: 'ns',
  n: 200_000,
  go: 'SemaphoreNew',
  targets: [],
  contenders: {
    gosync: (n) => () => {
      let done = 0;
      for (let i = 0; i < n; i++) if (new Weighted(128).tryAcquire(128)) done++;
      return done;
    },
    'es-toolkit': async (n) => {
      const { Semaphore } = await import('es-toolkit');
      return () => {
        let done = 0;
        for (let i = 0; i < n; i++) if (new Semaphore(128).available === 128) done++;
        return done;
      };
    },
    'async-mutex': async (n) => {
      const { Semaphore } = await import('async-mutex');
      return () => {
        let done = 0;
        for (let i = 0; i < n; i++) if (new Semaphore(128).getValue() === 128) done++;
        return done;
      };
    },
  },
});

import { background, withCancel } from '@gosync/context';
import { Group } from '@gosync/errgroup';
import { Weighted } from '@gosync/semaphore';
import { row } from '../row.mjs';

const liveWaiters = row({
  id: 'live-waiters',
  title: 'live per queued waiter',
  per: 'waiter',
  unit: 'bytes',
  n: 20_000,
  targets: [],
  contenders: {
    gosync: (n) => {
      const semaphore = new Weighted(1);
      semaphore.tryAcquire();
      return () => {
        for (let i = 0; i < n; i++) void semaphore.acquire();
        return semaphore.waiting;
      };
    },
    'gosync, one context': (n) => {
      const semaphore = new Weighted(1);
      semaphore.tryAcquire();
      const [ctx] = withCancel(background());
      return () => {
        for (let i = 0; i < n; i++) void semaphore.acquire(ctx);
        return semaphore.waiting;
      };
    },
    floor: (n) => {
      /** @type {(() => void)[]} */
      const queue = [];
      return () => {
        for (let i = 0; i < n; i++) void new Promise((resolve) => queue.push(() => resolve(i)));
        return queue.length;
      };
    },
    'es-toolkit': async (n) => {
      const { Semaphore } = await import('es-toolkit');
      const semaphore = new Semaphore(1);
      await semaphore.acquire();
      return () => {
        for (let i = 0; i < n; i++) void semaphore.acquire();
        return semaphore.available === 0 ? n : 0;
      };
    },
    'async-sema': async (n) => {
      const { Sema } = await import('async-sema');
      const semaphore = new Sema(1);
      await semaphore.acquire();
      return () => {
        for (let i = 0; i < n; i++) void semaphore.acquire();
        return semaphore.nrWaiting();
      };
    },
    'async-mutex': async (n) => {
      const { Semaphore } = await import('async-mutex');
      const semaphore = new Semaphore(1);
      await semaphore.acquire();
      return () => {
        for (let i = 0; i < n; i++) void semaphore.acquire();
        return semaphore.isLocked() ? n : 0;
      };
    },
  },
});

const liveTasks = row({
  id: 'live-tasks',
  title: 'live per queued task, limit 1',
  per: 'task',
  unit: 'bytes',
  n: 20_000,
  targets: [],
  contenders: {
    gosync: (n) => {
      const group = new Group();
      group.setLimit(1);
      void group.go(() => new Promise(() => {}));
      return () => {
        for (let i = 0; i < n; i++) void group.go(async () => i);
        return group.tryGo(() => {}) ? 0 : n;
      };
    },
    fastq: async (n) => {
      const { default: fastq } = await import('fastq');
      const queue = fastq.promise((/** @type {() => Promise<unknown>} */ f) => f(), 1);
      void queue.push(() => new Promise(() => {}));
      return () => {
        for (let i = 0; i < n; i++) void queue.push(async () => i);
        return queue.length();
      };
    },
    'p-limit': async (n) => {
      const { default: pLimit } = await import('p-limit');
      const limit = pLimit(1);
      void limit(() => new Promise(() => {}));
      return () => {
        for (let i = 0; i < n; i++) void limit(async () => i);
        return limit.pendingCount + limit.activeCount - 1 || n;
      };
    },
    'p-queue': async (n) => {
      const { default: PQueue } = await import('p-queue-10');
      const queue = new PQueue({ concurrency: 1 });
      void queue.add(() => new Promise(() => {}));
      return () => {
        for (let i = 0; i < n; i++) void queue.add(async () => i);
        return queue.size;
      };
    },
  },
});

export const rows = [liveWaiters, liveTasks];

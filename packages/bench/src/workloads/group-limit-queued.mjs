import { Group } from '@gosync/errgroup';
import { row } from '../row.mjs';

export const groupLimitQueued = row({
  id: 'group-limit-queued',
  title: 'group: 200,000 tasks, limit 10, no `go` awaited',
  per: 'task',
  unit: 'ns',
  n: 200_000,
  targets: [{ than: 'peer', atMost: 0.7 }],
  why: '200,000 promises are alive at once, and the collector copies them. A queue of its own for the group was tried (0.47 to 0.65 of the peer); the limit stays the semaphore, which is the one place where order and fairness are kept.',
  contenders: {
    gosync: (n) => async () => {
      let done = 0;
      const task = async () => {
        done++;
      };
      const group = new Group();
      group.setLimit(10);
      for (let i = 0; i < n; i++) void group.go(task);
      await group.wait();
      return done;
    },
    'fastq, all promises': async (n) => {
      const { default: fastq } = await import('fastq');
      return async () => {
        let done = 0;
        const task = async () => {
          done++;
        };
        const queue = fastq.promise((/** @type {() => Promise<void>} */ f) => f(), 10);
        const tasks = [];
        for (let i = 0; i < n; i++) tasks.push(queue.push(task));
        await Promise.all(tasks);
        return done;
      };
    },
    // Hears of a failure by its error handler, and so need not wait for every promise.
    fastq: async (n) => {
      const { default: fastq } = await import('fastq');
      return async () => {
        let done = 0;
        const task = async () => {
          done++;
        };
        const queue = fastq.promise((/** @type {() => Promise<void>} */ f) => f(), 10);
        /** @type {unknown} */
        let failure;
        queue.error((error) => (failure ??= error));
        for (let i = 0; i < n; i++) void queue.push(task);
        await queue.drained();
        return failure ? 0 : done;
      };
    },
    'p-limit': async (n) => {
      const { default: pLimit } = await import('p-limit');
      return async () => {
        let done = 0;
        const task = async () => {
          done++;
        };
        const limit = pLimit(10);
        const tasks = [];
        for (let i = 0; i < n; i++) tasks.push(limit(task));
        await Promise.all(tasks);
        return done;
      };
    },
    'p-queue': async (n) => {
      const { default: PQueue } = await import('p-queue-10');
      return async () => {
        let done = 0;
        const task = async () => {
          done++;
        };
        const queue = new PQueue({ concurrency: 10 });
        const tasks = [];
        for (let i = 0; i < n; i++) tasks.push(queue.add(task));
        await Promise.all(tasks);
        return done;
      };
    },
  },
});

import { Weighted } from '@gosync/semaphore';
import { row } from '../row.mjs';

/**
 * Waits until every one of `waiters` has been turned away.
 * @param {readonly Promise<unknown>[]} waiters
 * @returns {Promise<number>}
 */
async function countRejected(waiters) {
  const outcomes = await Promise.allSettled(waiters);
  return outcomes.filter(({ status }) => status === 'rejected').length;
}

export const abortWaiters = row({
  id: 'abort-waiters',
  title: '20,000 waiters on one `AbortSignal`, then abort',
  per: 'waiter',
  unit: 'ns',
  n: 20_000,
  go: 'AbortWaiters',
  targets: [
    { than: 'peer', atMost: 0.2 },
    { than: 'go', atMost: 1 },
  ],
  contenders: {
    gosync: (n) => {
      const semaphore = new Weighted(1);
      semaphore.tryAcquire();
      const controller = new AbortController();
      const { signal } = controller;
      return () => {
        const waiters = Array.from({ length: n }, () => semaphore.acquire(signal));
        controller.abort();
        return countRejected(waiters);
      };
    },
    // No semaphore, no listener: a promise for each, rejected one after the other.
    floor: (n) => () => {
      /** @type {((reason: unknown) => void)[]} */
      const queue = [];
      const waiters = Array.from(
        { length: n },
        () => new Promise((_, reject) => queue.push(reject)),
      );
      const reason = new DOMException('This operation was aborted', 'AbortError');
      for (const reject of queue) reject(reason);
      return countRejected(waiters);
    },
    'p-queue': async (n) => {
      const { default: PQueue } = await import('p-queue-10');
      const queue = new PQueue({ concurrency: 1 });
      void queue.add(() => new Promise(() => {}));
      const controller = new AbortController();
      const { signal } = controller;
      return () => {
        const waiters = Array.from({ length: n }, () => queue.add(() => {}, { signal }));
        controller.abort();
        return countRejected(waiters);
      };
    },
    radashi: async (n) => {
      const { Semaphore } = await import('radashi');
      const semaphore = new Semaphore(1);
      await semaphore.acquire();
      const controller = new AbortController();
      const { signal } = controller;
      return () => {
        const waiters = Array.from({ length: n }, () => semaphore.acquire({ signal }));
        controller.abort();
        return countRejected(waiters);
      };
    },
  },
});

import { Weighted } from '@gosync/semaphore';
import { row } from '../row.mjs';

/**
 * Starts `n` waiters, then aborts, and waits until every one of them has been turned away.
 * @param {number} n
 * @param {() => Promise<unknown>} wait
 * @param {() => void} abort
 * @returns {Promise<number>} how many were
 */
async function turnAway(n, wait, abort) {
  let rejected = 0;
  const waiter = async () => {
    try {
      await wait();
    } catch {
      rejected++;
    }
  };
  const waiters = Array.from({ length: n }, waiter);
  abort();
  await Promise.all(waiters);
  return rejected;
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
  why: 'Each waiter is a promise to reject and an `async` function to resume, as the floor shows: half of it. A callback on the context for each was tried (3.4 µs); neighbours share one.',
  contenders: {
    gosync: (n) => {
      const semaphore = new Weighted(1);
      semaphore.tryAcquire();
      return () => {
        const controller = new AbortController();
        const { signal } = controller;
        return turnAway(
          n,
          () => semaphore.acquire(signal),
          () => controller.abort(),
        );
      };
    },
    // No semaphore, no listener: a promise for each, rejected one after the other.
    floor: (n) => () => {
      /** @type {((reason: unknown) => void)[]} */
      const queue = [];
      return turnAway(
        n,
        () => new Promise((_, reject) => queue.push(reject)),
        () => {
          const reason = new DOMException('This operation was aborted', 'AbortError');
          for (const reject of queue) reject(reason);
        },
      );
    },
    'p-queue': async (n) => {
      const { default: PQueue } = await import('p-queue-10');
      const queue = new PQueue({ concurrency: 1 });
      void queue.add(() => new Promise(() => {}));
      return () => {
        const controller = new AbortController();
        const { signal } = controller;
        return turnAway(
          n,
          () => queue.add(() => {}, { signal }),
          () => controller.abort(),
        );
      };
    },
    radashi: async (n) => {
      const { Semaphore } = await import('radashi');
      const semaphore = new Semaphore(1);
      await semaphore.acquire();
      return () => {
        const controller = new AbortController();
        const { signal } = controller;
        return turnAway(
          n,
          () => semaphore.acquire({ signal }),
          () => controller.abort(),
        );
      };
    },
  },
});

import { background, withCancel } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { Group } from '@gosync/singleflight';
import { row } from '../row.mjs';

// What is left of the noise of a heap when it is divided by 20,000.
const targets = /** @type {const} */ ([{ than: 'nothing', atMost: 1 }]);

const keptContexts = row({
  id: 'kept-contexts',
  title: 'kept per context derived and canceled under a live parent',
  per: 'context',
  unit: 'bytes',
  n: 20_000,
  targets,
  contenders: {
    gosync: (n) => {
      const [parent] = withCancel(background());
      return () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          const [ctx, cancel] = withCancel(parent);
          ctx.signal.addEventListener('abort', () => done++);
          cancel();
        }
        return parent.err ? 0 : done;
      };
    },
    'AbortSignal.any': (n) => {
      const parent = new AbortController();
      return () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          const own = new AbortController();
          const signal = AbortSignal.any([parent.signal, own.signal]);
          signal.addEventListener('abort', () => done++);
          own.abort();
        }
        return parent.signal.aborted ? 0 : done;
      };
    },
  },
});

const keptWaiters = row({
  id: 'kept-waiters',
  title: 'kept per waiter that left, its semaphore and parent context live',
  per: 'waiter',
  unit: 'bytes',
  n: 20_000,
  targets,
  contenders: {
    gosync: (n) => {
      const semaphore = new Weighted(1);
      semaphore.tryAcquire();
      const [parent] = withCancel(background());
      return async () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          const [ctx, cancel] = withCancel(parent);
          const waiting = semaphore.acquire(ctx);
          cancel();
          await waiting.catch(() => done++);
        }
        return semaphore.tryAcquire() || parent.err ? 0 : done;
      };
    },
    radashi: async (n) => {
      const { Semaphore } = await import('radashi');
      const semaphore = new Semaphore(1);
      await semaphore.acquire();
      return async () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          const controller = new AbortController();
          const waiting = semaphore.acquire({ signal: controller.signal });
          controller.abort();
          await waiting.catch(() => done++);
        }
        return semaphore.queueLength > 0 ? 0 : done;
      };
    },
  },
});

const keptAcquires = row({
  id: 'kept-acquires',
  title: 'kept per `acquire(signal)` with room, the signal live',
  per: 'acquire',
  unit: 'bytes',
  n: 20_000,
  targets,
  contenders: {
    gosync: (n) => {
      const semaphore = new Weighted(1);
      const { signal } = new AbortController();
      return async () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          await semaphore.acquire(signal);
          done++;
          semaphore.release();
        }
        return signal.aborted ? 0 : done;
      };
    },
    radashi: async (n) => {
      const { Semaphore } = await import('radashi');
      const semaphore = new Semaphore(1);
      const { signal } = new AbortController();
      return async () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          const permit = await semaphore.acquire({ signal });
          done++;
          permit.release();
        }
        return signal.aborted ? 0 : done;
      };
    },
  },
});

const keptFlights = row({
  id: 'kept-flights',
  title: 'kept per finished flight, each with a key of its own',
  per: 'flight',
  unit: 'bytes',
  n: 20_000,
  targets,
  contenders: {
    gosync: (n) => {
      /** @type {Group<number>} */
      const group = new Group();
      const [parent] = withCancel(background());
      return async () => {
        let sum = 0;
        for (let i = 0; i < n; i++) {
          const [value] =
            i % 2 === 0
              ? await group.do(`key ${i}`, async () => 1)
              : await group.doContext(parent, `key ${i}`, async () => 1);
          sum += value;
        }
        return parent.err ? 0 : sum;
      };
    },
    'p-memoize': async (n) => {
      const { default: pMemoize } = await import('p-memoize');
      const shared = pMemoize(async (/** @type {string} */ _key) => 1, { cache: false });
      return async () => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += await shared(`key ${i}`);
        return sum;
      };
    },
  },
});

export const rows = [keptContexts, keptWaiters, keptAcquires, keptFlights];

import { background, withCancel } from '@gosync/context';
import { Group } from '@gosync/errgroup';
import { Weighted } from '@gosync/semaphore';
import { row } from '../row.mjs';

const sizes = [1000, 10_000, 100_000];

// The collector has more to copy when more is alive at once; anything quadratic would be a hundred times as much.
const targets = /** @type {const} */ ([{ than: 'first', atMost: 3 }]);

export const growthWaiters = row({
  id: 'growth-waiters',
  title: 'growth: waiters on one `AbortSignal`, aborted',
  per: 'waiter',
  unit: 'ns',
  n: 100_000,
  sizes,
  go: 'AbortWaiters',
  targets,
  contenders: {
    gosync: (n) => {
      const semaphore = new Weighted(1);
      semaphore.tryAcquire();
      return async () => {
        const controller = new AbortController();
        const { signal } = controller;
        let done = 0;
        const waiters = Array.from({ length: n }, () =>
          semaphore.acquire(signal).catch(() => done++),
        );
        controller.abort();
        await Promise.all(waiters);
        return done;
      };
    },
  },
});

export const growthLeavers = row({
  id: 'growth-leavers',
  title: 'growth: waiters with contexts of their own, the newest leaves first',
  per: 'waiter',
  unit: 'ns',
  n: 100_000,
  sizes,
  targets,
  contenders: {
    gosync: (n) => {
      const semaphore = new Weighted(1);
      semaphore.tryAcquire();
      const [parent] = withCancel(background());
      return async () => {
        let done = 0;
        const contexts = Array.from({ length: n }, () => withCancel(parent));
        const waiters = contexts.map(([ctx]) => semaphore.acquire(ctx).catch(() => done++));
        for (const [, cancel] of contexts.reverse()) cancel();
        await Promise.all(waiters);
        return done;
      };
    },
  },
});

export const growthChildren = row({
  id: 'growth-children',
  title: 'growth: children of one parent, derived and canceled by it',
  per: 'child',
  unit: 'ns',
  n: 100_000,
  sizes,
  go: 'GrowthChildren',
  targets,
  contenders: {
    gosync: (n) => () => {
      const [parent, cancel] = withCancel(background());
      const children = Array.from({ length: n }, () => withCancel(parent)[0]);
      cancel();
      return () => children.filter((child) => child.err).length;
    },
  },
});

export const growthTasks = row({
  id: 'growth-tasks',
  title: 'growth: tasks queued in a group, limit 10',
  per: 'task',
  unit: 'ns',
  n: 100_000,
  sizes,
  targets,
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
  },
});

// The floors are what a program would write for this one purpose. They show what the collector takes when there is
// more to keep alive: the growth of ours is judged beside theirs.
import { background, withCancel } from '@gosync/context';
import { Group } from '@gosync/errgroup';
import { Keyed, Weighted } from '@gosync/semaphore';
import { Group as Flights } from '@gosync/singleflight';
import { SyncMap } from '@gosync/syncmap';
import { each } from '../contenders.mjs';
import { row } from '../row.mjs';

const shared = /** @type {const} */ ({
  unit: 'ns',
  n: 100_000,
  sizes: [1000, 10_000, 100_000, 1_000_000],
  targets: [{ than: 'growth', atMost: 2 }],
  why: 'More is alive per item than of the floor, so the collector has more to copy when the young generation is full.',
});

/**
 * @param {readonly Promise<unknown>[]} waiters
 * @returns {Promise<number>} how many of them were rejected
 */
async function rejected(waiters) {
  let count = 0;
  await Promise.all(waiters.map((waiter) => waiter.catch(() => count++)));
  return count;
}

const growthWaiters = row({
  ...shared,
  id: 'growth-waiters',
  title: 'waiters on one `AbortSignal`, aborted',
  per: 'waiter',
  go: 'AbortWaiters',
  contenders: {
    gosync: (n) => {
      const semaphore = new Weighted(1);
      semaphore.tryAcquire();
      return () => {
        const controller = new AbortController();
        const { signal } = controller;
        const waiters = Array.from({ length: n }, () => semaphore.acquire(signal));
        controller.abort();
        return rejected(waiters);
      };
    },
    floor: (n) => () => {
      /** @type {((reason: unknown) => void)[]} */
      const queue = [];
      const waiters = Array.from(
        { length: n },
        () => new Promise((_, reject) => queue.push(reject)),
      );
      const reason = new Error('aborted');
      for (const reject of queue) reject(reason);
      return rejected(waiters);
    },
  },
});

const growthLeavers = row({
  ...shared,
  id: 'growth-leavers',
  title: 'waiters with a context each, the newest leaves first',
  per: 'waiter',
  contenders: {
    gosync: (n) => {
      const semaphore = new Weighted(1);
      semaphore.tryAcquire();
      const [parent] = withCancel(background());
      return () => {
        const contexts = Array.from({ length: n }, () => withCancel(parent));
        const waiters = contexts.map(([ctx]) => semaphore.acquire(ctx));
        for (let last = contexts.pop(); last; last = contexts.pop()) last[1]();
        return rejected(waiters);
      };
    },
    floor: (n) => () => {
      /** @type {Set<(reason: unknown) => void>} */
      const queue = new Set();
      const waiters = Array.from(
        { length: n },
        () => new Promise((_, reject) => queue.add(reject)),
      );
      const rejects = [...queue];
      for (let last = rejects.pop(); last; last = rejects.pop()) {
        queue.delete(last);
        last(new Error('left'));
      }
      return rejected(waiters);
    },
  },
});

const growthChildren = row({
  ...shared,
  id: 'growth-children',
  title: 'children of one parent, derived and canceled by it',
  per: 'child',
  go: 'GrowthChildren',
  contenders: {
    gosync: (n) => () => {
      const [parent, cancel] = withCancel(background());
      const children = Array.from({ length: n }, () => withCancel(parent)[0]);
      cancel();
      return () => children.filter((child) => child.err).length;
    },
    floor: (n) => () => {
      const parent = new Set();
      const children = Array.from({ length: n }, () => {
        const child = { done: false };
        parent.add(child);
        return child;
      });
      for (const child of children) child.done = parent.delete(child);
      return () => children.filter((child) => child.done).length;
    },
  },
});

const growthTasks = row({
  ...shared,
  id: 'growth-tasks',
  title: 'tasks queued in a group, limit 10',
  per: 'task',
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
    // A promise for each task, resolved when it may start.
    floor: (n) => async () => {
      let done = 0;
      const task = async () => {
        done++;
      };
      /** @type {(() => void)[]} */
      const queue = [];
      const tasks = Array.from({ length: n }, () => {
        /** @type {Promise<void>} */
        const turn = new Promise((resolve) => queue.push(resolve));
        return turn.then(task);
      });
      for (const start of queue) start();
      await Promise.all(tasks);
      return done;
    },
  },
});

const growthKeys = row({
  ...shared,
  id: 'growth-keys',
  title: 'keys of a map, stored and loaded',
  per: 'key',
  contenders: each(
    (n, /** @type {() => { set: (key: number) => void, has: (key: number) => boolean }} */ make) =>
      () => {
        let done = 0;
        const map = make();
        for (let key = 0; key < n; key++) map.set(key);
        for (let key = 0; key < n; key++) if (map.has(key)) done++;
        return done;
      },
    {
      gosync: () => () => {
        /** @type {SyncMap<number, number>} */
        const map = new SyncMap();
        return { set: (key) => map.store(key, key), has: (key) => map.load(key)[1] };
      },
      floor: () => () => {
        /** @type {Map<number, number>} */
        const map = new Map();
        return { set: (key) => map.set(key, key), has: (key) => map.get(key) === key };
      },
    },
  ),
});

const growthFlights = row({
  ...shared,
  id: 'growth-flights',
  title: 'flights at once, each with a key of its own',
  per: 'flight',
  contenders: {
    gosync: (n) => async () => {
      /** @type {Flights<number, number>} */
      const flights = new Flights();
      const calls = Array.from({ length: n }, (_, key) => flights.do(key, async () => key));
      return (await Promise.all(calls)).length;
    },
    floor: (n) => async () => {
      /** @type {Map<number, Promise<number>>} */
      const flights = new Map();
      const calls = Array.from({ length: n }, (_, key) => {
        const call = (async () => key)();
        flights.set(key, call);
        return call.finally(() => flights.delete(key));
      });
      return (await Promise.all(calls)).length;
    },
  },
});

const growthKeyed = row({
  ...shared,
  id: 'growth-keyed',
  title: 'keys of a `Keyed` in use at once, then given back',
  per: 'key',
  contenders: {
    gosync: (n) => () => {
      /** @type {Keyed<number>} */
      const keyed = new Keyed(1);
      const permits = Array.from({ length: n }, (_, key) => keyed.tryPermit(key));
      for (const permit of permits) permit?.release();
      return keyed.keys === 0 ? permits.length : 0;
    },
    floor: (n) => () => {
      /** @type {Map<number, { held: number }>} */
      const keyed = new Map();
      const permits = Array.from({ length: n }, (_, key) => {
        keyed.set(key, { held: 1 });
        return { release: () => keyed.delete(key) };
      });
      for (const permit of permits) permit.release();
      return keyed.size === 0 ? permits.length : 0;
    },
  },
});

export const rows = [
  growthWaiters,
  growthLeavers,
  growthChildren,
  growthTasks,
  growthKeys,
  growthFlights,
  growthKeyed,
];

import { Group } from '@gosync/errgroup';
import { each } from '../contenders.mjs';
import { row } from '../row.mjs';

const turn = Promise.resolve();
const stop = () => {};

/** @typedef {() => Promise<void>} Task */
/** @typedef {(n: number, task: Task) => Promise<unknown>} Batch what runs `task` `n` times */

/**
 * Runs `n` tasks that end when they have been called.
 * @param {number} n
 * @param {Batch} batch
 */
const short = (n, batch) => async () => {
  let done = 0;
  await batch(n, async () => {
    done++;
  });
  return done;
};

/**
 * Runs `n` tasks that wait for a turn.
 * @param {number} n
 * @param {Batch} batch
 */
const waiting = (n, batch) => async () => {
  let done = 0;
  await batch(n, async () => {
    await turn;
    done++;
  });
  return done;
};

/**
 * As a loop hands over one task after the other, when there is room for it.
 * @param {number} n
 */
function* count(n) {
  for (let i = 0; i < n; i++) yield i;
}

/** @type {Batch} */
const inGroup = async (n, task) => {
  const group = new Group();
  for (let i = 0; i < n; i++) void group.go(task);
  await group.wait();
};

/** @type {Batch} */
const withPromiseAll = async (n, task) => {
  const tasks = [];
  for (let i = 0; i < n; i++) tasks.push(task());
  await Promise.all(tasks);
};

const groupUnlimited = row({
  id: 'group-unlimited',
  title: 'group: 1,000,000 tasks, no limit',
  per: 'task',
  unit: 'ns',
  n: 1_000_000,
  go: 'GroupUnlimited',
  targets: [
    { than: 'floor', atMost: 0.7 },
    { than: 'go', atMost: 0.8 },
  ],
  why: 'A promise reaction for each task is what the floor, too, has to pay.',
  contenders: each(short, { gosync: () => inGroup, floor: () => withPromiseAll }),
});

const groupContext = row({
  id: 'group-context',
  title: 'group: 1,000,000 tasks that take their context and do not use it',
  per: 'task',
  unit: 'ns',
  n: 1_000_000,
  targets: [
    { than: 'gosync, no context', atMost: 1.05 },
    { than: 'floor', atMost: 0.7 },
  ],
  why: 'Each task has a context of its own: one small object until it is used.',
  contenders: {
    gosync: (n) => async () => {
      let done = 0;
      /** @param {unknown} ctx */
      const task = async (ctx) => {
        if (ctx !== undefined) done++;
      };
      const group = new Group();
      for (let i = 0; i < n; i++) void group.go(task);
      await group.wait();
      return done;
    },
    ...each(short, { 'gosync, no context': () => inGroup, floor: () => withPromiseAll }),
  },
});

/**
 * Runs `n` tasks that listen on a signal of their own across an `await`.
 * @param {number} n
 * @param {(n: number, task: (signal: AbortSignal) => Promise<void>) => Promise<unknown>} batch
 */
const listening = (n, batch) => async () => {
  let done = 0;
  await batch(n, async (signal) => {
    signal.addEventListener('abort', stop);
    await turn;
    signal.removeEventListener('abort', stop);
    done++;
  });
  return done;
};

const groupSignals = row({
  id: 'group-signals',
  title: 'group: 20,000 tasks that each listen on the signal of their context',
  per: 'task',
  unit: 'ns',
  n: 20_000,
  targets: [{ than: 'floor', atMost: 2 }],
  why: 'The floor is a bare `AbortController` for each task, which nobody aborts.',
  contenders: each(listening, {
    gosync: () => async (n, task) => {
      const group = new Group();
      for (let i = 0; i < n; i++) void group.go((ctx) => task(ctx.signal));
      await group.wait();
    },
    floor: () => async (n, task) => {
      const tasks = [];
      for (let i = 0; i < n; i++) tasks.push(task(new AbortController().signal));
      await Promise.all(tasks);
    },
  }),
});

/** @type {Batch} */
const awaited = async (n, task) => {
  const group = new Group();
  group.setLimit(10);
  for (let i = 0; i < n; i++) await group.go(task);
  await group.wait();
};

const pMap = async () => {
  const { default: map } = await import('p-map');
  return /** @type {Batch} */ ((n, task) => map(count(n), task, { concurrency: 10 }));
};

const groupLimitAwaited = row({
  id: 'group-limit-awaited',
  title: 'group: 500,000 tasks, limit 10, each `go` awaited',
  per: 'task',
  unit: 'ns',
  n: 500_000,
  go: 'GroupLimit',
  targets: [
    { than: 'peer', atMost: 0.35 },
    { than: 'go', atMost: 0.35 },
  ],
  contenders: each(short, { gosync: () => awaited, 'p-map': pMap }),
});

const groupLimitReached = row({
  id: 'group-limit-reached',
  title: 'group: 500,000 tasks that wait, limit 10, each `go` awaited',
  per: 'task',
  unit: 'ns',
  n: 500_000,
  go: 'GroupLimitReached',
  // The tasks above are over before the limit is reached; these are not.
  targets: [],
  contenders: each(waiting, { gosync: () => awaited, 'p-map': pMap }),
});

/**
 * Hands all tasks over at once, and waits for every promise.
 * @param {(task: Task) => Promise<unknown>} add
 * @param {number} n
 * @param {Task} task
 */
async function addAll(add, n, task) {
  const tasks = [];
  for (let i = 0; i < n; i++) tasks.push(add(task));
  await Promise.all(tasks);
}

const fastq = async () => {
  const { default: queue } = await import('fastq');
  return () => queue.promise((/** @type {Task} */ f) => f(), 10);
};

const groupLimitQueued = row({
  id: 'group-limit-queued',
  title: 'group: 200,000 tasks, limit 10, no `go` awaited',
  per: 'task',
  unit: 'ns',
  n: 200_000,
  targets: [{ than: 'peer', atMost: 0.7 }],
  why: '200,000 promises are alive at once, and the collector copies them. The limit stays the semaphore, which is the one place where order and fairness are kept.',
  contenders: each(short, {
    gosync: () => async (n, task) => {
      const group = new Group();
      group.setLimit(10);
      for (let i = 0; i < n; i++) void group.go(task);
      await group.wait();
    },
    'fastq, all promises': async () => {
      const make = await fastq();
      return (n, task) => {
        const queue = make();
        return addAll((f) => queue.push(f), n, task);
      };
    },
    // Hears of a failure by its error handler, and so need not wait for every promise.
    fastq: async () => {
      const make = await fastq();
      return async (n, task) => {
        const queue = make();
        /** @type {unknown} */
        let failure;
        queue.error((error) => (failure ??= error));
        for (let i = 0; i < n; i++) void queue.push(task);
        await queue.drained();
        if (failure) throw new Error('a task failed', { cause: failure });
      };
    },
    'p-limit': async () => {
      const { default: pLimit } = await import('p-limit');
      return (n, task) => addAll(pLimit(10), n, task);
    },
    'p-queue': async () => {
      const { default: PQueue } = await import('p-queue-10');
      return (n, task) => {
        const queue = new PQueue({ concurrency: 10 });
        return addAll((f) => queue.add(f), n, task);
      };
    },
  }),
});

export const rows = [
  groupUnlimited,
  groupContext,
  groupSignals,
  groupLimitAwaited,
  groupLimitReached,
  groupLimitQueued,
];

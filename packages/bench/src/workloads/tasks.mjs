import { all, map, stream } from '@gosync/tasks';
import { Effect } from 'effect';
import { each } from '../contenders.mjs';
import { row } from '../row.mjs';

/** @typedef {(item: number) => Promise<number>} Mapper */
/** @typedef {(items: readonly number[], f: Mapper) => Promise<unknown>} MapAll */

/**
 * Maps `n` items with a function that is called, and awaited once.
 * @param {number} n
 * @param {MapAll} mapAll
 */
const mapped = (n, mapAll) => {
  const items = Array.from({ length: n }, (_, i) => i);
  return async () => {
    let done = 0;
    await mapAll(items, async (item) => {
      done++;
      return item;
    });
    return done;
  };
};

const limit = 10;

/** @type {MapAll} */
const tenWorkers = async (items, f) => {
  const iterator = items.entries();
  /** @type {number[]} */
  const results = [];
  const worker = async () => {
    for (const [i, item] of iterator) results[i] = await f(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
};

/** @type {(concurrency: number | 'unbounded') => MapAll} */
const effect = (concurrency) => (items, f) =>
  Effect.runPromise(
    Effect.forEach(items, (item) => Effect.promise(() => f(item)), { concurrency }),
  );

const pMap = async () => {
  const { default: pMapAll } = await import('p-map');
  return /** @type {MapAll} */ ((items, f) => pMapAll(items, f, { concurrency: limit }));
};

const mapLimit = row({
  id: 'tasks-map-limit',
  title: 'map: 500,000 items, limit 10',
  per: 'item',
  unit: 'ns',
  n: 500_000,
  targets: [
    { than: 'p-map', atMost: 0.35 },
    { than: 'floor', atMost: 1.3 },
  ],
  why: 'The floor is ten workers written by hand, without a context for each item.',
  contenders: each(mapped, {
    gosync: () => (items, f) => map(undefined, items, (_ctx, item) => f(item), { limit }),
    floor: () => tenWorkers,
    'p-map': pMap,
    effect: () => effect(limit),
  }),
});

const mapUnlimited = row({
  id: 'tasks-map-unlimited',
  title: 'map: 500,000 items, no limit',
  per: 'item',
  unit: 'ns',
  n: 500_000,
  targets: [{ than: 'floor', atMost: 1.2 }],
  why: 'Each item has a context of its own, which ends with it; `Promise.all` has a closure for each.',
  contenders: each(mapped, {
    gosync: () => (items, f) => map(undefined, items, (_ctx, item) => f(item)),
    floor: () => (items, f) => Promise.all(items.map((item) => f(item))),
    effect: () => effect('unbounded'),
  }),
});

/**
 * Runs `n` tasks, eight in a call.
 * @param {number} n
 * @param {(tasks: readonly (() => Promise<void>)[]) => Promise<unknown>} runAll
 */
const eights = (n, runAll) => async () => {
  let done = 0;
  const tasks = Array.from({ length: 8 }, () => async () => {
    done++;
  });
  for (let i = 0; i < n; i += 8) await runAll(tasks);
  return done;
};

const allOfEight = row({
  id: 'tasks-all',
  title: 'all of 8 tasks, again and again',
  per: 'task',
  unit: 'ns',
  n: 80_000,
  targets: [{ than: 'floor', atMost: 2 }],
  why: 'Each task has a context of its own, and the call has one.',
  contenders: each(eights, {
    gosync: () => (tasks) => all(undefined, tasks),
    floor: () => (tasks) => Promise.all(tasks.map((task) => task())),
    effect: () => (tasks) =>
      Effect.runPromise(
        Effect.all(
          tasks.map((task) => Effect.promise(task)),
          { concurrency: 'unbounded' },
        ),
      ),
    'abort-controller-x': async () => {
      const { all: allWith } = await import('abort-controller-x');
      return (tasks) => allWith(new AbortController().signal, () => tasks.map((task) => task()));
    },
  }),
});

/**
 * Reads the results of `n` items while they are made.
 * @param {number} n
 * @param {(items: readonly number[], f: Mapper) => AsyncIterable<unknown>} open
 */
const read = (n, open) => {
  const items = Array.from({ length: n }, (_, i) => i);
  return async () => {
    let done = 0;
    for await (const _ of open(items, async (item) => item)) done++;
    return done;
  };
};

const streamLimit = row({
  id: 'tasks-stream',
  title: 'stream: 200,000 items, limit 10, read as it runs',
  per: 'item',
  unit: 'ns',
  n: 200_000,
  targets: [{ than: 'p-map', atMost: 0.5 }],
  why: 'Each item is a step of an async iterator, awaited by its reader, and a task with a context of its own.',
  contenders: each(read, {
    gosync: () => (items, f) => stream(undefined, items, (_ctx, item) => f(item), { limit }),
    'p-map': async () => {
      const { pMapIterable } = await import('p-map');
      return (items, f) => pMapIterable(items, f, { concurrency: limit });
    },
  }),
});

const turn = Promise.resolve();

/**
 * A batch whose work is to wait: no computing.
 * @param {number} n
 * @param {MapAll} mapAll
 */
const batched = (n, mapAll) => {
  const items = Array.from({ length: n }, (_, i) => i);
  return async () => {
    let done = 0;
    await mapAll(items, async (item) => {
      await turn;
      done++;
      return item;
    });
    return done;
  };
};

const batch = row({
  id: 'tasks-batch',
  title: 'map: a batch of 200,000 rows that wait, limit 16',
  per: 'row',
  unit: 'ns',
  n: 200_000,
  go: 'Batch',
  targets: [
    { than: 'p-map', atMost: 0.5 },
    { than: 'go', atMost: 1 },
  ],
  contenders: each(batched, {
    gosync: () => (items, f) => map(undefined, items, (_ctx, item) => f(item), { limit: 16 }),
    'p-map': async () => {
      const { default: pMapAll } = await import('p-map');
      return (items, f) => pMapAll(items, f, { concurrency: 16 });
    },
    effect: () => effect(16),
  }),
});

export const rows = [mapLimit, mapUnlimited, allOfEight, streamLimit, batch];

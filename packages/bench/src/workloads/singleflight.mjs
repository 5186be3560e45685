import { Group } from '@gosync/singleflight';
import { each } from '../contenders.mjs';
import { row } from '../row.mjs';

const load = async () => 1;
const callers = 1000;

// Ours gives `[value, shared]`, the others the value: each takes its own apart.
const others = {
  'p-memoize': async () => {
    const { default: pMemoize } = await import('p-memoize');
    const shared = pMemoize((/** @type {string} */ _key) => load(), { cache: false });
    return () => shared('key');
  },
  'async-cache-dedupe': async () => {
    const { createCache } = await import('async-cache-dedupe');
    const cache = createCache({ ttl: 0 }).define('load', (/** @type {string} */ _key) => load());
    return () => cache.load('key');
  },
  '@zcong/singleflight': async () => {
    const { Singleflight } = await import('@zcong/singleflight');
    const group = new Singleflight();
    return () => group.do('key', load);
  },
};

const gosync = () => {
  /** @type {Group<number>} */
  const group = new Group();
  return () => group.do('key', load);
};

const singleflightAlone = row({
  id: 'singleflight-alone',
  title: 'singleflight: one caller alone',
  per: 'call',
  unit: 'ns',
  n: 200_000,
  go: 'SingleflightAlone',
  targets: [
    { than: 'peer', atMost: 0.6 },
    { than: 'go', atMost: 1.2 },
  ],
  why: 'The promise of `f`, that of the call, and the `[value, shared]` of its result.',
  contenders: {
    gosync: (n) => {
      const call = gosync();
      return async () => {
        let sum = 0;
        for (let i = 0; i < n; i++) {
          const [value] = await call();
          sum += value;
        }
        return sum;
      };
    },
    ...each(
      (n, /** @type {() => Promise<number>} */ call) => async () => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += await call();
        return sum;
      },
      { floor: () => load, ...others },
    ),
  },
});

/**
 * Lets `callers` call together, again and again, until there were `n`.
 * @template T
 * @param {number} n
 * @param {() => Promise<T>} call
 * @param {(result: T) => number} value
 */
const crowds = (n, call, value) => async () => {
  let sum = 0;
  for (let i = 0; i < n / callers; i++) {
    const calls = [];
    for (let j = 0; j < callers; j++) calls.push(call());
    for (const result of await Promise.all(calls)) sum += value(result);
  }
  return sum;
};

const singleflightShared = row({
  id: 'singleflight-shared',
  title: 'singleflight: 1,000 callers share one call',
  per: 'caller',
  unit: 'ns',
  n: 500_000,
  go: 'SingleflightShared',
  targets: [
    { than: 'peer', atMost: 0.9 },
    { than: 'go', atMost: 0.2 },
  ],
  why: 'All callers get one promise, as with the fastest of the others: what is left is the `await` of each.',
  contenders: {
    gosync: (n) => crowds(n, gosync(), ([value]) => value),
    ...each((n, /** @type {() => Promise<number>} */ call) => crowds(n, call, (value) => value), {
      // One call under way, whose promise everybody of a crowd gets.
      floor: () => {
        let calls = 0;
        let shared = load();
        return () => {
          if (calls++ % callers === 0) shared = load().then((value) => value);
          return shared;
        };
      },
      ...others,
    }),
  },
});

export const rows = [singleflightAlone, singleflightShared];

import { Group } from '@gosync/singleflight';
import { row } from '../row.mjs';

const callers = 1000;
const load = async () => 1;

/**
 * Lets `callers` call together, again and again, until there were `n`.
 * @template T
 * @param {number} n
 * @param {() => Promise<T>} call
 * @param {(result: T) => number} value
 */
async function crowds(n, call, value) {
  let sum = 0;
  for (let i = 0; i < n / callers; i++) {
    const calls = [];
    for (let j = 0; j < callers; j++) calls.push(call());
    for (const result of await Promise.all(calls)) sum += value(result);
  }
  return sum;
}

export const singleflightShared = row({
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
    gosync: (n) => {
      /** @type {Group<number>} */
      const group = new Group();
      return () =>
        crowds(
          n,
          () => group.do('key', load),
          ([value]) => value,
        );
    },
    // One call under way, whose promise everybody gets.
    floor: (n) => async () => {
      let sum = 0;
      for (let i = 0; i < n / callers; i++) {
        const shared = load().then((value) => value);
        sum += await crowds(
          callers,
          () => shared,
          (value) => value,
        );
      }
      return sum;
    },
    'p-memoize': async (n) => {
      const { default: pMemoize } = await import('p-memoize');
      const shared = pMemoize((/** @type {string} */ _key) => load(), { cache: false });
      return () =>
        crowds(
          n,
          () => shared('key'),
          (value) => value,
        );
    },
    'async-cache-dedupe': async (n) => {
      const { createCache } = await import('async-cache-dedupe');
      const cache = createCache({ ttl: 0 }).define('load', (/** @type {string} */ _key) => load());
      return () =>
        crowds(
          n,
          () => cache.load('key'),
          (value) => value,
        );
    },
    '@zcong/singleflight': async (n) => {
      const { Singleflight } = await import('@zcong/singleflight');
      const group = new Singleflight();
      return () =>
        crowds(
          n,
          () => group.do('key', load),
          (value) => value,
        );
    },
  },
});

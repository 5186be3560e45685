import { Group } from '@gosync/singleflight';
import { row } from '../row.mjs';

const load = async () => 1;

export const singleflightAlone = row({
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
  why: 'The promise of `f`, that of the call, and the `[value, shared]` of its result. With a Map for the only call, instead of a field, it was 160 ns.',
  contenders: {
    gosync: (n) => {
      /** @type {Group<number>} */
      const group = new Group();
      return async () => {
        let sum = 0;
        for (let i = 0; i < n; i++) {
          const [value] = await group.do('key', load);
          sum += value;
        }
        return sum;
      };
    },
    floor: (n) => async () => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += await load();
      return sum;
    },
    'p-memoize': async (n) => {
      const { default: pMemoize } = await import('p-memoize');
      const shared = pMemoize((/** @type {string} */ _key) => load(), { cache: false });
      return async () => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += await shared('key');
        return sum;
      };
    },
    'async-cache-dedupe': async (n) => {
      const { createCache } = await import('async-cache-dedupe');
      const cache = createCache({ ttl: 0 }).define('load', (/** @type {string} */ _key) => load());
      return async () => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += await cache.load('key');
        return sum;
      };
    },
    '@zcong/singleflight': async (n) => {
      const { Singleflight } = await import('@zcong/singleflight');
      const group = new Singleflight();
      return async () => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += await group.do('key', load);
        return sum;
      };
    },
  },
});

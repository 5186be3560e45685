import { SyncMap } from '@gosync/syncmap';
import { row } from '../row.mjs';

const keys = Array.from({ length: 1000 }, (_, i) => `key ${i}`);

export const syncmapLoadOrStore = row({
  id: 'syncmap-load-or-store',
  title: 'syncmap: `loadOrStore` of 1,000 keys that are there',
  per: 'operation',
  unit: 'ns',
  n: 2_000_000,
  go: 'SyncmapLoadOrStore',
  targets: [{ than: 'floor', atMost: 1.2 }],
  why: 'As for `load`: the pair is one hop more than a plain value, and it is taken apart.',
  contenders: {
    gosync: (n) => {
      /** @type {SyncMap<string, number>} */
      const map = new SyncMap(keys.map((key) => [key, 1]));
      return () => {
        let sum = 0;
        for (let i = 0; i < n / keys.length; i++) {
          for (const key of keys) {
            const [value, loaded] = map.loadOrStore(key, 2);
            if (loaded) sum += value;
          }
        }
        return sum;
      };
    },
    'gosync, no destructuring': (n) => {
      /** @type {SyncMap<string, number>} */
      const map = new SyncMap(keys.map((key) => [key, 1]));
      return () => {
        let sum = 0;
        for (let i = 0; i < n / keys.length; i++) {
          for (const key of keys) {
            const found = map.loadOrStore(key, 2);
            if (found[1]) sum += found[0];
          }
        }
        return sum;
      };
    },
    floor: (n) => {
      /** @type {Map<string, number>} */
      const map = new Map(keys.map((key) => [key, 1]));
      return () => {
        let sum = 0;
        for (let i = 0; i < n / keys.length; i++) {
          for (const key of keys) {
            const value = map.get(key);
            if (value === undefined) map.set(key, 2);
            else sum += value;
          }
        }
        return sum;
      };
    },
  },
});

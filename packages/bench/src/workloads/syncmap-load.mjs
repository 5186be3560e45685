import { SyncMap } from '@gosync/syncmap';
import { row } from '../row.mjs';

const keys = Array.from({ length: 1000 }, (_, i) => `key ${i}`);

export const syncmapLoad = row({
  id: 'syncmap-load',
  title: 'syncmap: `load` from 1,000 keys',
  per: 'load',
  unit: 'ns',
  n: 2_000_000,
  go: 'SyncmapLoad',
  targets: [{ than: 'floor', atMost: 1.15 }],
  why: 'Taking `[value, ok]` apart is an iteration to V8; read by index it is 2 ns less. The pair is one hop more than a plain value.',
  contenders: {
    gosync: (n) => {
      /** @type {SyncMap<string, number>} */
      const map = new SyncMap(keys.map((key) => [key, 1]));
      return () => {
        let sum = 0;
        for (let i = 0; i < n / keys.length; i++) {
          for (const key of keys) {
            const [value, ok] = map.load(key);
            if (ok) sum += value;
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
            const found = map.load(key);
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
            if (value !== undefined) sum += value;
          }
        }
        return sum;
      };
    },
  },
});

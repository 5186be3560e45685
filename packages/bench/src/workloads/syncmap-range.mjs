import { SyncMap } from '@gosync/syncmap';
import { row } from '../row.mjs';

const keys = Array.from({ length: 1000 }, (_, i) => `key ${i}`);

export const syncmapRange = row({
  id: 'syncmap-range',
  title: 'syncmap: `range` over 1,000 keys',
  per: 'key',
  unit: 'ns',
  n: 2_000_000,
  go: 'SyncmapRange',
  targets: [{ than: 'floor', atMost: 1.3 }],
  why: 'It calls a function for each key and keeps the promise to end, whatever the function does to the map.',
  contenders: {
    gosync: (n) => {
      /** @type {SyncMap<string, number>} */
      const map = new SyncMap(keys.map((key) => [key, 1]));
      return () => {
        let sum = 0;
        for (let i = 0; i < n / keys.length; i++) {
          map.range((_key, value) => {
            sum += value;
          });
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
          for (const [_key, value] of map) sum += value;
        }
        return sum;
      };
    },
    'Map.forEach': (n) => {
      /** @type {Map<string, number>} */
      const map = new Map(keys.map((key) => [key, 1]));
      return () => {
        let sum = 0;
        for (let i = 0; i < n / keys.length; i++) {
          // oxlint-disable-next-line unicorn/no-array-for-each -- it is what is measured
          map.forEach((value) => {
            sum += value;
          });
        }
        return sum;
      };
    },
  },
});

import { SyncMap } from '@gosync/syncmap';
import { row } from '../row.mjs';

const keys = Array.from({ length: 500 }, (_, i) => `key ${i}`);
// Each key comes twice: new, then known.
const both = [...keys, ...keys];

export const syncmapBalanced = row({
  id: 'syncmap-balanced',
  title: 'syncmap: `loadOrStore`, every second key new',
  per: 'operation',
  unit: 'ns',
  n: 1_000_000,
  go: 'SyncmapBalanced',
  targets: [{ than: 'floor', atMost: 1.2 }],
  why: 'What is stored is kept as the tuple that `load` returns: one allocation that a plain Map does not make, paid once so that loading makes none.',
  contenders: {
    gosync: (n) => () => {
      let known = 0;
      for (let i = 0; i < n / both.length; i++) {
        /** @type {SyncMap<string, number>} */
        const map = new SyncMap();
        for (const key of both) if (map.loadOrStore(key, 1)[1]) known++;
      }
      return known * 2;
    },
    floor: (n) => () => {
      let known = 0;
      for (let i = 0; i < n / both.length; i++) {
        /** @type {Map<string, number>} */
        const map = new Map();
        for (const key of both) {
          if (map.get(key) === undefined) map.set(key, 1);
          else known++;
        }
      }
      return known * 2;
    },
  },
});

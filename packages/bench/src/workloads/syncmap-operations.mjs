import { SyncMap } from '@gosync/syncmap';
import { row } from '../row.mjs';

const keys = Array.from({ length: 1000 }, (_, i) => `key ${i}`);

/**
 * Does `step` with every key, again and again, `n` times in all.
 * @param {number} n
 * @param {(key: string) => boolean} step whether it did what it should
 */
const sweep = (n, step) => () => {
  let done = 0;
  for (let i = 0; i < n / keys.length; i++) for (const key of keys) if (step(key)) done++;
  return done;
};

/** @returns {SyncMap<string, number>} */
const ours = () => new SyncMap(keys.map((key) => [key, 1]));
/** @returns {Map<string, number>} */
const native = () => new Map(keys.map((key) => [key, 1]));

const shared = /** @type {const} */ ({ per: 'operation', unit: 'ns', n: 1_000_000, targets: [] });

export const syncmapMiss = row({
  ...shared,
  id: 'syncmap-miss',
  title: 'syncmap: `load` of a key that is not there',
  go: 'SyncmapMiss',
  contenders: {
    gosync: (n) => {
      /** @type {SyncMap<string, number>} */
      const map = new SyncMap([['other', 1]]);
      return sweep(n, (key) => !map.load(key)[1]);
    },
    floor: (n) => {
      const map = new Map([['other', 1]]);
      return sweep(n, (key) => map.get(key) === undefined);
    },
  },
});

export const syncmapSwap = row({
  ...shared,
  id: 'syncmap-swap',
  title: 'syncmap: `swap`',
  go: 'SyncmapSwap',
  contenders: {
    gosync: (n) => {
      const map = ours();
      return sweep(n, (key) => map.swap(key, 1)[0] === 1);
    },
    floor: (n) => {
      const map = native();
      return sweep(n, (key) => {
        const previous = map.get(key);
        map.set(key, 1);
        return previous === 1;
      });
    },
  },
});

export const syncmapCompareAndSwap = row({
  ...shared,
  id: 'syncmap-compare-and-swap',
  title: 'syncmap: `compareAndSwap` that swaps',
  go: 'SyncmapCompareAndSwap',
  contenders: {
    gosync: (n) => {
      const map = ours();
      return sweep(n, (key) => map.compareAndSwap(key, 1, 1));
    },
    floor: (n) => {
      const map = native();
      return sweep(n, (key) => map.get(key) === 1 && map.set(key, 1) === map);
    },
  },
});

export const syncmapLoadAndDelete = row({
  ...shared,
  id: 'syncmap-load-and-delete',
  title: 'syncmap: `loadAndDelete`, then `store` again',
  go: 'SyncmapLoadAndDelete',
  contenders: {
    gosync: (n) => {
      const map = ours();
      return sweep(n, (key) => {
        const [, loaded] = map.loadAndDelete(key);
        map.store(key, 1);
        return loaded;
      });
    },
    floor: (n) => {
      const map = native();
      return sweep(n, (key) => {
        const value = map.get(key);
        map.delete(key);
        map.set(key, 1);
        return value !== undefined;
      });
    },
  },
});

export const syncmapCompareAndDelete = row({
  ...shared,
  id: 'syncmap-compare-and-delete',
  title: 'syncmap: `compareAndDelete` that deletes, then `store` again',
  go: 'SyncmapCompareAndDelete',
  contenders: {
    gosync: (n) => {
      const map = ours();
      return sweep(n, (key) => {
        const deleted = map.compareAndDelete(key, 1);
        map.store(key, 1);
        return deleted;
      });
    },
    floor: (n) => {
      const map = native();
      return sweep(n, (key) => {
        const deleted = map.get(key) === 1 && map.delete(key);
        map.set(key, 1);
        return deleted;
      });
    },
  },
});

export const syncmapClear = row({
  ...shared,
  id: 'syncmap-clear',
  title: 'syncmap: `store` of one key, then `clear`',
  go: 'SyncmapClear',
  n: 200_000,
  contenders: {
    gosync: (n) => {
      /** @type {SyncMap<string, number>} */
      const map = new SyncMap();
      return sweep(n, (key) => {
        map.store(key, 1);
        map.clear();
        return map.size === 0;
      });
    },
    floor: (n) => {
      /** @type {Map<string, number>} */
      const map = new Map();
      return sweep(n, (key) => {
        map.set(key, 1);
        map.clear();
        return map.size === 0;
      });
    },
  },
});

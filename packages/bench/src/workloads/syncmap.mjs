import { SyncMap } from '@gosync/syncmap';
import { each } from '../contenders.mjs';
import { row } from '../row.mjs';

const keys = Array.from({ length: 1000 }, (_, i) => `key ${i}`);

/**
 * Does `step` with every key, again and again, and adds up what it returns: 1 for each of the `n` operations.
 * @param {number} n
 * @param {(key: string) => number} step
 */
const sum = (n, step) => () => {
  let done = 0;
  for (let i = 0; i < n / keys.length; i++) for (const key of keys) done += step(key);
  return done;
};

/**
 * Does `step` with every key, again and again, and counts how often it did what it should.
 * @param {number} n
 * @param {(key: string) => boolean} step
 */
const count = (n, step) => () => {
  let done = 0;
  for (let i = 0; i < n / keys.length; i++) for (const key of keys) if (step(key)) done++;
  return done;
};

/** @returns {SyncMap<string, number>} */
const ours = () => new SyncMap(keys.map((key) => [key, 1]));
/** @returns {Map<string, number>} */
const native = () => new Map(keys.map((key) => [key, 1]));

const shared = /** @type {const} */ ({ per: 'operation', unit: 'ns', n: 1_000_000, targets: [] });

const syncmapLoad = row({
  id: 'syncmap-load',
  title: 'syncmap: `load` from 1,000 keys',
  per: 'load',
  unit: 'ns',
  n: 2_000_000,
  go: 'SyncmapLoad',
  targets: [{ than: 'floor', atMost: 1.5 }],
  why: 'Taking `[value, ok]` apart is an iteration to V8, and the pair is one hop more than a plain value.',
  contenders: each(sum, {
    gosync: () => {
      const map = ours();
      return (key) => {
        const [value, ok] = map.load(key);
        return ok ? value : 0;
      };
    },
    'gosync, no destructuring': () => {
      const map = ours();
      return (key) => {
        const found = map.load(key);
        return found[1] ? found[0] : 0;
      };
    },
    floor: () => {
      const map = native();
      return (key) => map.get(key) ?? 0;
    },
  }),
});

const syncmapLoadOrStore = row({
  id: 'syncmap-load-or-store',
  title: 'syncmap: `loadOrStore` of 1,000 keys that are there',
  per: 'operation',
  unit: 'ns',
  n: 2_000_000,
  go: 'SyncmapLoadOrStore',
  targets: [{ than: 'floor', atMost: 1.9 }],
  why: 'As for `load`: the pair is one hop more than a plain value, and it is taken apart.',
  contenders: each(sum, {
    gosync: () => {
      const map = ours();
      return (key) => {
        const [value, loaded] = map.loadOrStore(key, 2);
        return loaded ? value : 0;
      };
    },
    'gosync, no destructuring': () => {
      const map = ours();
      return (key) => {
        const found = map.loadOrStore(key, 2);
        return found[1] ? found[0] : 0;
      };
    },
    floor: () => {
      const map = native();
      return (key) => {
        const value = map.get(key);
        if (value === undefined) map.set(key, 2);
        return value ?? 0;
      };
    },
  }),
});

// Each key comes twice: new, then known.
const both = [...keys.slice(0, 500), ...keys.slice(0, 500)];

/**
 * Fills a new map again and again.
 * @param {number} n
 * @param {() => (key: string) => boolean} fill whether the key was known
 */
const balanced = (n, fill) => () => {
  let known = 0;
  for (let i = 0; i < n / both.length; i++) {
    const step = fill();
    for (const key of both) if (step(key)) known++;
  }
  return known * 2;
};

const syncmapBalanced = row({
  id: 'syncmap-balanced',
  title: 'syncmap: `loadOrStore`, every second key new',
  per: 'operation',
  unit: 'ns',
  n: 1_000_000,
  go: 'SyncmapBalanced',
  targets: [{ than: 'floor', atMost: 1.9 }],
  why: 'What is stored is kept as the tuple that `load` returns: one allocation that a plain Map does not make, paid once so that loading makes none.',
  contenders: each(balanced, {
    gosync: () => () => {
      /** @type {SyncMap<string, number>} */
      const map = new SyncMap();
      return (key) => map.loadOrStore(key, 1)[1];
    },
    floor: () => () => {
      /** @type {Map<string, number>} */
      const map = new Map();
      return (key) => {
        if (map.get(key) !== undefined) return true;
        map.set(key, 1);
        return false;
      };
    },
  }),
});

/**
 * Goes through a map again and again, and adds its values up.
 * @param {number} n
 * @param {(add: (value: number) => void) => void} visit
 */
const ranges = (n, visit) => () => {
  let done = 0;
  for (let i = 0; i < n / keys.length; i++) {
    visit((value) => {
      done += value;
    });
  }
  return done;
};

const syncmapRange = row({
  id: 'syncmap-range',
  title: 'syncmap: `range` over 1,000 keys',
  per: 'key',
  unit: 'ns',
  n: 2_000_000,
  go: 'SyncmapRange',
  targets: [{ than: 'floor', atMost: 1.4 }],
  why: 'It calls a function for each key and keeps the promise to end, whatever the function does to the map.',
  contenders: each(ranges, {
    gosync: () => {
      const map = ours();
      return (add) => map.range((_key, value) => add(value));
    },
    floor: () => {
      const map = native();
      return (add) => {
        for (const [_key, value] of map) add(value);
      };
    },
    'Map.forEach': () => {
      const map = native();
      // oxlint-disable-next-line unicorn/no-array-for-each -- it is what is measured
      return (add) => map.forEach((value) => add(value));
    },
  }),
});

const syncmapMiss = row({
  ...shared,
  id: 'syncmap-miss',
  title: 'syncmap: `load` of a key that is not there',
  go: 'SyncmapMiss',
  contenders: each(count, {
    gosync: () => {
      /** @type {SyncMap<string, number>} */
      const map = new SyncMap([['other', 1]]);
      return (key) => !map.load(key)[1];
    },
    floor: () => {
      const map = new Map([['other', 1]]);
      return (key) => map.get(key) === undefined;
    },
  }),
});

const syncmapSwap = row({
  ...shared,
  id: 'syncmap-swap',
  title: 'syncmap: `swap`',
  go: 'SyncmapSwap',
  contenders: each(count, {
    gosync: () => {
      const map = ours();
      return (key) => map.swap(key, 1)[0] === 1;
    },
    floor: () => {
      const map = native();
      return (key) => {
        const previous = map.get(key);
        map.set(key, 1);
        return previous === 1;
      };
    },
  }),
});

const syncmapCompareAndSwap = row({
  ...shared,
  id: 'syncmap-compare-and-swap',
  title: 'syncmap: `compareAndSwap` that swaps',
  go: 'SyncmapCompareAndSwap',
  contenders: each(count, {
    gosync: () => {
      const map = ours();
      return (key) => map.compareAndSwap(key, 1, 1);
    },
    floor: () => {
      const map = native();
      return (key) => map.get(key) === 1 && map.set(key, 1) === map;
    },
  }),
});

const syncmapLoadAndDelete = row({
  ...shared,
  id: 'syncmap-load-and-delete',
  title: 'syncmap: `loadAndDelete`, then `store` again',
  go: 'SyncmapLoadAndDelete',
  contenders: each(count, {
    gosync: () => {
      const map = ours();
      return (key) => {
        const [, loaded] = map.loadAndDelete(key);
        map.store(key, 1);
        return loaded;
      };
    },
    floor: () => {
      const map = native();
      return (key) => {
        const value = map.get(key);
        map.delete(key);
        map.set(key, 1);
        return value !== undefined;
      };
    },
  }),
});

const syncmapCompareAndDelete = row({
  ...shared,
  id: 'syncmap-compare-and-delete',
  title: 'syncmap: `compareAndDelete` that deletes, then `store` again',
  go: 'SyncmapCompareAndDelete',
  contenders: each(count, {
    gosync: () => {
      const map = ours();
      return (key) => {
        const deleted = map.compareAndDelete(key, 1);
        map.store(key, 1);
        return deleted;
      };
    },
    floor: () => {
      const map = native();
      return (key) => {
        const deleted = map.get(key) === 1 && map.delete(key);
        map.set(key, 1);
        return deleted;
      };
    },
  }),
});

const syncmapClear = row({
  ...shared,
  id: 'syncmap-clear',
  title: 'syncmap: `store` of one key, then `clear`',
  go: 'SyncmapClear',
  n: 200_000,
  contenders: each(count, {
    gosync: () => {
      /** @type {SyncMap<string, number>} */
      const map = new SyncMap();
      return (key) => {
        map.store(key, 1);
        map.clear();
        return map.size === 0;
      };
    },
    floor: () => {
      /** @type {Map<string, number>} */
      const map = new Map();
      return (key) => {
        map.set(key, 1);
        map.clear();
        return map.size === 0;
      };
    },
  }),
});

export const rows = [
  syncmapLoad,
  syncmapLoadOrStore,
  syncmapBalanced,
  syncmapRange,
  syncmapMiss,
  syncmapSwap,
  syncmapCompareAndSwap,
  syncmapLoadAndDelete,
  syncmapCompareAndDelete,
  syncmapClear,
];

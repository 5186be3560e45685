import { SyncMap } from '@gosync/syncmap';
import { type Ending, ending, type Track } from './ending.ts';

type Entries = SyncMap<object, object>;

interface Live {
  readonly map: Entries;
}

/** A map that lives on, with a key that stays. */
function make(): Live {
  return { map: new SyncMap([[{}, {}]]) };
}

/** Stores a new key with a new value. */
function store(track: Track, map: Entries): readonly [key: object, value: object] {
  const [key, value] = [track('key', {}), track('value', {})];
  map.store(key, value);
  return [key, value];
}

type Removal = (map: Entries, key: object, value: object) => unknown;

const removals: readonly (readonly [name: string, remove: Removal])[] = [
  ['delete', (map, key) => map.delete(key)],
  ['loadAndDelete', (map, key) => map.loadAndDelete(key)],
  ['compareAndDelete', (map, key, value) => map.compareAndDelete(key, value)],
  [
    'clear',
    (map) => {
      map.clear();
      map.store({}, {});
    },
  ],
];

type Replacement = (map: Entries, key: object, old: object, value: object) => unknown;

const replacements: readonly (readonly [name: string, replace: Replacement])[] = [
  ['store', (map, key, _old, value) => map.store(key, value)],
  ['swap', (map, key, _old, value) => map.swap(key, value)],
  ['compareAndSwap', (map, key, old, value) => map.compareAndSwap(key, old, value)],
];

/** Maps with one key that stays, and a value that does not. */
function one(): Live & { readonly key: object } {
  const key = {};
  return { map: new SyncMap([[key, {}]]), key };
}

export const syncmapEndings: readonly Ending[] = [
  ...removals.map(([name, remove]) =>
    ending(`a key and its value, removed by ${name}`, make, ({ map }, track) => {
      const [key, value] = store(track, map);
      track('pair', map.load(key));
      remove(map, key, value);
      if (map.load(key)[1]) throw new Error('not removed');
    }),
  ),
  ...replacements.map(([name, replace]) =>
    ending(`a value that ${name} replaced`, one, ({ map, key }, track) => {
      const value = track('value', {});
      map.store(key, value);
      replace(map, key, value, {});
      if (map.load(key)[0] === value) throw new Error('not replaced');
    }),
  ),
  ending('a value that was not stored', one, ({ map, key }, track) => {
    map.loadOrStore(key, track('value', {}));
    map.compareAndSwap(key, track('old', {}), track('new', {}));
    map.compareAndDelete(key, track('old', {}));
  }),
  ending('a key that was looked for', make, ({ map }, track) => {
    const key = track('key', {});
    map.load(key);
    map.loadAndDelete(key);
    map.delete(key);
    map.compareAndSwap(key, {}, {});
    map.compareAndDelete(key, {});
  }),
  ending('an iterator that was dropped on its way', make, ({ map }, track) => {
    const [key] = store(track, map);
    store(track, map);
    const iterator = track('iterator', map[Symbol.iterator]());
    track('pair', iterator.next().value ?? []);
    map.clear();
    map.store(key, {});
    map.delete(key);
  }),
  ending('an iterator that came to its end', make, ({ map }, track) => {
    const [key] = store(track, map);
    const iterator = track('iterator', map[Symbol.iterator]());
    for (const pair of iterator) track('pair', pair);
    map.delete(key);
  }),
  ending('a loop that was left', make, ({ map }, track) => {
    const [key] = store(track, map);
    for (const pair of map) {
      track('pair', pair);
      break;
    }
    map.delete(key);
  }),
  ending('a range that ended, stopped or threw', make, ({ map }, track) => {
    const [key] = store(track, map);
    const value = {};
    map.range(track('callback', () => void value));
    map.range(track('callback', () => value === undefined));
    try {
      map.range(
        track('callback', () => {
          throw track('error', new Error('callback'));
        }),
      );
    } catch {
      map.delete(key);
    }
  }),
];

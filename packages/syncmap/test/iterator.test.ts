import { SyncMap } from '@gosync/syncmap';
import { describe, expect, it } from 'vitest';

const numbered = (length: number): SyncMap<number, number> =>
  new SyncMap(Array.from({ length }, (_, key) => [key, key] as const));

/** Takes `step` after some turns. */
async function task<T>(turns: number, step: () => T): Promise<T> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  return step();
}

describe('SyncMap[Symbol.iterator]()', () => {
  it('makes the map usable wherever an iterable is', () => {
    const map = numbered(3);
    expect(new Map(map)).toEqual(
      new Map([
        [0, 0],
        [1, 1],
        [2, 2],
      ]),
    );
    expect(Array.from(map, ([key]) => key)).toEqual([0, 1, 2]);
    expect(Object.fromEntries(map)).toEqual({ 0: 0, 1: 1, 2: 2 });
  });

  it('gives an iterator that is iterable itself, and goes on where it was left', () => {
    const iterator = numbered(3)[Symbol.iterator]();
    expect(iterator[Symbol.iterator]()).toBe(iterator);
    expect(iterator.next()).toEqual({ done: false, value: [0, 0] });
    expect([...iterator]).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('stays at its end, whatever is stored later', () => {
    const map = numbered(1);
    const iterator = map[Symbol.iterator]();
    expect([...iterator]).toHaveLength(1);
    map.store(5, 5);
    expect(iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('is over when a loop is left early, and the map is as before', () => {
    const map = numbered(3);
    const iterator = map[Symbol.iterator]();
    for (const [key] of iterator) if (key === 1) break;
    expect(iterator.next()).toEqual({ done: true, value: undefined });
    expect([...map]).toHaveLength(3);
    map.store(3, 3);
    expect([...map]).toHaveLength(4);
  });

  it('is over when it is told to return before it has begun', () => {
    const iterator = numbered(3)[Symbol.iterator]();
    expect(iterator.return()).toEqual({ done: true, value: undefined });
    expect([...iterator]).toEqual([]);
  });

  it('gives every visit a pair of its own, which changes nothing in the map', () => {
    const map = numbered(2);
    const [first] = map;
    expect(Reflect.set(first ?? [], 1, 'changed')).toBe(true);
    expect(map.load(0)).toEqual([0, true]);
    expect([...map][0]).toEqual([0, 0]);
  });

  it('walks independently of other iterators of the same map', () => {
    const map = numbered(3);
    const [first, second] = [map[Symbol.iterator](), map[Symbol.iterator]()];
    first.next();
    first.next();
    map.delete(2);
    expect(second.next().value).toEqual([0, 0]);
    expect(first.next().done).toBe(true);
    expect(second.next().value).toEqual([1, 1]);
    expect(second.next().done).toBe(true);
  });

  it('may be suspended across awaits while others delete, store again and add', async () => {
    const map = numbered(100);
    const other = async () => {
      for (let i = 0; i < 200; i++) {
        await Promise.resolve();
        map.delete(i % 100);
        map.store(i % 100, i);
        map.store(1000 + i, i);
      }
    };
    const others = other();
    const seen: number[] = [];
    for (const [key, value] of map) {
      expect(map.load(key)).toEqual([value, true]);
      seen.push(key);
      await Promise.resolve();
    }
    await others;
    expect(map.size).toBe(300);
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, key) => key));
  });

  it('sees what happened while it was suspended: a deletion, a new value, a clear', async () => {
    const map = numbered(4);
    const iterator = map[Symbol.iterator]();
    expect(iterator.next().value).toEqual([0, 0]);
    await Promise.resolve();
    map.delete(1);
    map.store(2, 20);
    expect(iterator.next().value).toEqual([2, 20]);
    await Promise.resolve();
    map.clear();
    expect(iterator.next()).toEqual({ done: true, value: undefined });
  });
});

describe('SyncMap under tasks that take turns', () => {
  it('shows every key once, with a value that was stored under it [go: TestConcurrentRange]', async () => {
    const mapSize = 1 << 10;
    const map = new SyncMap<number, number>();
    for (let n = 1; n <= mapSize; n++) map.store(n, n);
    const done = new AbortController();
    const writers = [1, 2, 3, 4].map(async (g) => {
      for (let i = 0; !done.signal.aborted; i++) {
        for (let n = g; n < mapSize; n += 37) map.store(n, n * i * g);
        await Promise.resolve();
      }
    });
    for (let round = 0; round < 16; round++) {
      const seen = new Set<number>();
      let visits = 0;
      let wrong = 0;
      for (const [key, value] of map) {
        visits++;
        seen.add(key);
        if (value % key !== 0) wrong++;
        if (visits % 64 === 0) await Promise.resolve();
      }
      expect({ visits, keys: seen.size, wrong }).toEqual({
        visits: mapSize,
        keys: mapSize,
        wrong: 0,
      });
    }
    done.abort();
    await Promise.all(writers);
  });

  it('is empty after clear, whoever stored, loaded and cleared before [go: TestConcurrentClear]', async () => {
    const map = new SyncMap<number, number>();
    const writers = Array.from({ length: 10 }, (_, key) =>
      task(key % 5, () => map.store(key, key * 10)),
    );
    const readers = Array.from({ length: 10 }, (_, key) => task(key % 4, () => map.load(key)));
    const cleaners = Array.from({ length: 10 }, (_, i) => task(i % 3, () => map.clear()));
    for (const [key, loaded] of (await Promise.all(readers)).entries()) {
      expect([
        [undefined, false],
        [key * 10, true],
      ]).toContainEqual(loaded);
    }
    await Promise.all([...writers, ...cleaners]);
    expect(map.size).toBeGreaterThan(0);
    map.clear();
    expect([...map]).toEqual([]);
    expect(map.size).toBe(0);
  });
});

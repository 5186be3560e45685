import { SyncMap } from '@gosync/syncmap';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

type Key = string | number | undefined;
type Value = string | number | undefined;
type Result = readonly [unknown, boolean] | boolean | undefined;

/** What the real map and the naive ones have in common. */
interface Operations {
  load(key: Key): Result;
  store(key: Key, value: Value): void;
  loadOrStore(key: Key, value: Value): Result;
  loadAndDelete(key: Key): Result;
  delete(key: Key): void;
  swap(key: Key, value: Value): Result;
  compareAndSwap(key: Key, old: Value, value: Value): Result;
  compareAndDelete(key: Key, old: Value): Result;
  clear(): void;
  entries(): Iterable<readonly [Key, Value]>;
}

class Real extends SyncMap<Key, Value> implements Operations {
  entries(): Iterable<readonly [Key, Value]> {
    const pairs: [Key, Value][] = [];
    this.range((key, value) => void pairs.push([key, value]));
    return pairs;
  }
}

/** A plain map, each operation spelled out as steps: Go's reference takes a lock around the same. */
class Plain implements Operations {
  readonly #map = new Map<Key, Value>();

  load(key: Key): Result {
    return this.#map.has(key) ? [this.#map.get(key), true] : [undefined, false];
  }

  store(key: Key, value: Value): void {
    this.#map.set(key, value);
  }

  loadOrStore(key: Key, value: Value): Result {
    if (this.#map.has(key)) return [this.#map.get(key), true];
    this.#map.set(key, value);
    return [value, false];
  }

  loadAndDelete(key: Key): Result {
    const before = this.load(key);
    this.#map.delete(key);
    return before;
  }

  delete(key: Key): void {
    this.#map.delete(key);
  }

  swap(key: Key, value: Value): Result {
    const before = this.load(key);
    this.#map.set(key, value);
    return before;
  }

  compareAndSwap(key: Key, old: Value, value: Value): Result {
    if (!this.#map.has(key) || this.#map.get(key) !== old) return false;
    this.#map.set(key, value);
    return true;
  }

  compareAndDelete(key: Key, old: Value): Result {
    return this.#map.has(key) && this.#map.get(key) === old && this.#map.delete(key);
  }

  clear(): void {
    this.#map.clear();
  }

  entries(): Iterable<readonly [Key, Value]> {
    return this.#map;
  }
}

/** A list of pairs that is never changed, only replaced: Go's other reference copies its map at every write. */
class Copied implements Operations {
  #pairs: readonly (readonly [Key, Value])[] = [];

  // NaN is a key like any other, and no old value is equal to it.
  #pair = (key: Key) => this.#pairs.find(([other]) => Object.is(other, key));
  #without = (key: Key) => this.#pairs.filter(([other]) => !Object.is(other, key));

  load(key: Key): Result {
    const pair = this.#pair(key);
    return pair ? [pair[1], true] : [undefined, false];
  }

  store(key: Key, value: Value): void {
    this.#pairs = this.#pair(key)
      ? this.#pairs.map((pair) => (Object.is(pair[0], key) ? [key, value] : pair))
      : [...this.#pairs, [key, value]];
  }

  loadOrStore(key: Key, value: Value): Result {
    const pair = this.#pair(key);
    if (!pair) this.store(key, value);
    return pair ? [pair[1], true] : [value, false];
  }

  loadAndDelete(key: Key): Result {
    const before = this.load(key);
    this.#pairs = this.#without(key);
    return before;
  }

  delete(key: Key): void {
    this.#pairs = this.#without(key);
  }

  swap(key: Key, value: Value): Result {
    const before = this.load(key);
    this.store(key, value);
    return before;
  }

  compareAndSwap(key: Key, old: Value, value: Value): Result {
    const pair = this.#pair(key);
    if (pair === undefined || pair[1] !== old) return false;
    this.store(key, value);
    return true;
  }

  compareAndDelete(key: Key, old: Value): Result {
    const pair = this.#pair(key);
    if (pair === undefined || pair[1] !== old) return false;
    this.#pairs = this.#without(key);
    return true;
  }

  clear(): void {
    this.#pairs = [];
  }

  entries(): Iterable<readonly [Key, Value]> {
    return this.#pairs;
  }
}

const key = fc.constantFrom<Key>('a', 'b', '__proto__', NaN, undefined, 0);
const value = fc.constantFrom<Value>(1, 2, undefined, NaN, '');
const operation: fc.Arbitrary<(map: Operations) => Result | void> = fc.oneof(
  key.map((k) => (map: Operations) => map.load(k)),
  fc.tuple(key, value).map(
    ([k, v]) =>
      (map: Operations) =>
        map.store(k, v),
  ),
  fc.tuple(key, value).map(
    ([k, v]) =>
      (map: Operations) =>
        map.loadOrStore(k, v),
  ),
  key.map((k) => (map: Operations) => map.loadAndDelete(k)),
  key.map((k) => (map: Operations) => map.delete(k)),
  fc.tuple(key, value).map(
    ([k, v]) =>
      (map: Operations) =>
        map.swap(k, v),
  ),
  fc.tuple(key, value, value).map(
    ([k, ...v]) =>
      (map: Operations) =>
        map.compareAndSwap(k, ...v),
  ),
  fc.tuple(key, value).map(
    ([k, v]) =>
      (map: Operations) =>
        map.compareAndDelete(k, v),
  ),
  { weight: 1, arbitrary: fc.constant((map: Operations) => map.clear()) },
);

/** That the real map does, result by result, what `model` does. */
function matches(model: () => Operations): void {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 60 }), (history) => {
      const [real, naive] = [new Real(), model()];
      expect(history.map((step) => step(real))).toEqual(history.map((step) => step(naive)));
      expect([...real]).toEqual([...naive.entries()]);
      expect([...real.entries()]).toEqual([...real]);
      expect(real.size).toBe([...naive.entries()].length);
    }),
    { numRuns: 300 },
  );
}

describe('SyncMap', () => {
  it('does what a plain map does, step by step [go: TestMapMatchesRWMutex]', () => {
    expect(() => matches(() => new Plain())).not.toThrow();
  });

  it('does what a list that is copied at every write does [go: TestMapMatchesDeepCopy]', () => {
    expect(() => matches(() => new Copied())).not.toThrow();
  });
});

describe('SyncMap.range()', () => {
  it('visits no key twice, none that is gone, and all that stayed, whatever happens at every step', () => {
    const history = fc.array(fc.array(operation, { maxLength: 5 }), { maxLength: 12 });
    const start = fc.array(fc.tuple(key, value), { maxLength: 6 });
    const property = fc.property(start, history, (pairs, steps) => {
      const real = new Real();
      for (const [k, v] of pairs) real.store(k, v);
      const atStart = new Set(new Map(pairs).keys());
      const stayed = new Set(atStart);
      const visited: Key[] = [];
      let turn = 0;
      real.range((k, v) => {
        expect(real.load(k)).toEqual([v, true]);
        visited.push(k);
        for (const step of steps[turn++] ?? []) {
          step(real);
          for (const other of stayed) if (!real.load(other)[1]) stayed.delete(other);
        }
      });
      expect(visited).toHaveLength(new Set(visited).size);
      expect([...atStart]).toEqual(expect.arrayContaining(visited));
      expect(visited).toEqual(expect.arrayContaining([...stayed]));
    });
    expect(() => fc.assert(property, { numRuns: 300 })).not.toThrow();
  });
});

import { SyncMap } from '@gosync/syncmap';

export type Key = string | number | undefined;
export type Value = string | number | undefined;
export type Result = readonly [unknown, boolean] | boolean | undefined;

/** What the real map and the naive ones have in common. */
export interface Operations {
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

export class Real extends SyncMap<Key, Value> implements Operations {
  entries(): Iterable<readonly [Key, Value]> {
    const pairs: [Key, Value][] = [];
    this.range((key, value) => void pairs.push([key, value]));
    return pairs;
  }
}

/** A plain map, each operation spelled out as steps: Go's reference takes a lock around the same. */
export class Plain implements Operations {
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
export class Copied implements Operations {
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

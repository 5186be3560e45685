const tag = (value: unknown): string => Object.prototype.toString.call(value);
type Found<V> = readonly [value: V, ok: true] | readonly [value: undefined, ok: false];

// Frozen: it is handed to everybody who finds nothing.
const absent: readonly [undefined, false] = Object.freeze([undefined, false] as const);

/**
 * A map with the operations of Go's `sync.Map`, iterable and with a size.
 *
 * Keys compare as in a `Map`. Old values compare with `===`, so `NaN` never matches. All operations but the
 * iterations are O(1), and atomic, as everything is between two `await`s.
 *
 * @example
 * ```ts
 * import { SyncMap } from '@gosync/syncmap';
 *
 * const map = new SyncMap<string, number>([['a', 1]]);
 * map.store('b', 2);
 * map.load('b'); // => [2, true]
 * map.size; // => 2
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L38
 */
export class SyncMap<K, V> implements Iterable<readonly [K, V]> {
  readonly #map: Map<K, V>;

  /**
   * @param entries - What to store first, as for a `Map`: pairs, or it throws a TypeError.
   */
  constructor(entries: Iterable<readonly [K, V]> = []) {
    if (typeof Object(entries)[Symbol.iterator] !== 'function') {
      throw new TypeError(`syncmap: entries are not iterable: ${tag(entries)}`);
    }
    this.#map = new Map(entries);
  }

  /** How many keys there are. Go's has no length. */
  get size(): number {
    return this.#map.size;
  }

  /**
   * The value of `key`: `[value, true]`, or `[undefined, false]` when it has none.
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L47
   */
  load(key: K): readonly [value: V, ok: true] | readonly [value: undefined, ok: false] {
    return this.#find(key);
  }

  /**
   * Sets the value of `key`.
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L52
   */
  store(key: K, value: V): void {
    this.#map.set(key, value);
  }

  /**
   * The value of `key` if it has one, else `value`, which is stored; and whether it was there before.
   *
   * @example
   * ```ts
   * import { SyncMap } from '@gosync/syncmap';
   *
   * const map = new SyncMap<string, number>();
   * map.loadOrStore('a', 1); // => [1, false]
   * map.loadOrStore('a', 2); // => [1, true]
   * ```
   *
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L64
   */
  loadOrStore(key: K, value: V): readonly [value: V, loaded: boolean] {
    const found = this.#find(key);
    if (found[1]) return found;
    this.#map.set(key, value);
    return [value, false];
  }

  /**
   * Deletes `key` and returns what it had.
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L70
   */
  loadAndDelete(
    key: K,
  ): readonly [value: V, loaded: true] | readonly [value: undefined, loaded: false] {
    const found = this.#find(key);
    this.#map.delete(key);
    return found;
  }

  /**
   * Deletes `key`.
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L76
   */
  delete(key: K): void {
    this.#map.delete(key);
  }

  /**
   * Sets the value of `key` and returns what it had before.
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L82
   */
  swap(
    key: K,
    value: V,
  ): readonly [previous: V, loaded: true] | readonly [previous: undefined, loaded: false] {
    const found = this.#find(key);
    this.#map.set(key, value);
    return found;
  }

  /**
   * Sets the value of `key` to `value` if it is `old` now, and returns whether it was. A key without a value is
   * never swapped, not for `undefined` either.
   *
   * @example
   * ```ts
   * import { SyncMap } from '@gosync/syncmap';
   *
   * const map = new SyncMap([['state', 'idle']]);
   * map.compareAndSwap('state', 'idle', 'busy'); // => true
   * map.compareAndSwap('state', 'idle', 'busy'); // => false
   * ```
   *
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L89
   */
  compareAndSwap(key: K, old: V, value: V): boolean {
    const matches = this.#matches(key, old);
    if (matches) this.#map.set(key, value);
    return matches;
  }

  /**
   * Deletes `key` if its value is `old`, and returns whether it was.
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L98
   */
  compareAndDelete(key: K, old: V): boolean {
    return this.#matches(key, old) && this.#map.delete(key);
  }

  /**
   * Deletes all keys.
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L57
   */
  clear(): void {
    this.#map.clear();
  }

  /**
   * Calls `f` for every key that was there at the start and still is, with its current value, until `f` returns
   * `false`. No key is visited twice, and none that came later, whatever `f` does to the map.
   * **Cost**: linear in the size of the map, also when `f` stops early.
   *
   * @throws TypeError when `f` is not a function. What `f` throws ends the iteration.
   *
   * @example Replacing what is visited ends
   * ```ts
   * import { SyncMap } from '@gosync/syncmap';
   *
   * const map = new SyncMap([['a', 1], ['b', 2]]);
   * map.range((key, value) => {
   *   map.delete(key);
   *   map.store(key, value * 10);
   * });
   * [...map]; // => [['a', 10], ['b', 20]]
   * ```
   *
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L113; differs: also ends when `f` keeps
   * adding keys.
   */
  range(f: (key: K, value: V) => boolean | void): void {
    if (typeof f !== 'function') throw new TypeError(`syncmap: f is not a function: ${tag(f)}`);
    for (const [key, value] of this) if (f(key, value) === false) return;
  }

  /** Iterates as {@link SyncMap.range} does. The iteration may be suspended across `await`s. */
  *[Symbol.iterator](): Generator<readonly [K, V], void, undefined> {
    // A copy of the keys: a live iterator of the map would come to what is added on the way, for ever.
    for (const key of Array.from(this.#map.keys())) {
      const found = this.#find(key);
      if (found[1]) yield [key, found[0]];
    }
  }

  #find(key: K): Found<V> {
    const value = this.#map.get(key);
    return this.#has(key, value) ? [value, true] : absent;
  }

  #matches(key: K, old: V): boolean {
    const value = this.#map.get(key);
    return value === old && this.#has(key, value);
  }

  /** Whether `value`, got for `key`, is one: `undefined` may be. */
  #has(key: K, value: V | undefined): value is V {
    return value !== undefined || this.#map.has(key);
  }
}

type Found<V> = readonly [V, true] | readonly [undefined, false];

// Frozen: it is handed to everybody who finds nothing.
const absent: readonly [undefined, false] = Object.freeze([undefined, false] as const);

/**
 * A map with the operations of Go's `sync.Map`, iterable and with a size.
 *
 * Keys compare as in a `Map`. Old values compare with `===`, so `NaN` never matches. All operations but `clear` and
 * the iterations are O(1); all are atomic, as everything is between two `await`s.
 *
 * @example
 * ```ts
 * import { SyncMap } from '@gosync/syncmap';
 *
 * const map = new SyncMap<string, number>([['a', 1]]);
 * map.store('b', 2);
 * map.load('b'); // => [2, true]
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L38
 */
export class SyncMap<K, V> implements Iterable<readonly [K, V]> {
  // Invariants:
  // - what a key maps to is what `load` returns for it, made when it is stored: finding it allocates nothing
  // - while a `range` is running, no key leaves the map: those deleted map to `absent` and are in `#deleted`
  readonly #map = new Map<K, Found<V>>();
  /** Keys that were deleted during a `range`, to be removed after it. Absent when none is running. */
  #deleted: Set<K> | undefined;

  /** @param entries - What to store first, as for a `Map`: pairs, or it throws a TypeError. */
  constructor(entries: Iterable<readonly [K, V]> = []) {
    if (typeof Object(entries)[Symbol.iterator] !== 'function')
      throw misuse('entries are not iterable', entries);
    for (const [key, value] of new Map(entries)) this.store(key, value);
  }

  /** How many keys there are. Go's has no length. */
  get size(): number {
    let { size } = this.#map;
    for (const key of this.#deleted ?? []) if (!this.load(key)[1]) size--;
    return size;
  }

  /**
   * The value of `key`: `[value, true]`, or `[undefined, false]` when it has none. The pair is the map's own: it is
   * readonly, and allocates nothing.
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L47
   */
  load(key: K): readonly [V, true] | readonly [undefined, false] {
    return this.#map.get(key) ?? absent;
  }

  /**
   * Sets the value of `key`.
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L52
   */
  store(key: K, value: V): void {
    this.#map.set(key, [value, true]);
  }

  /**
   * The value of `key` if it has one, else `value`, which is stored; and whether it was there before.
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L64
   */
  loadOrStore(key: K, value: V): readonly [value: V, loaded: boolean] {
    const found = this.load(key);
    if (found[1]) return found;
    this.store(key, value);
    return [value, false];
  }

  /**
   * Deletes `key` and returns what it had.
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L70
   */
  loadAndDelete(key: K): readonly [V, true] | readonly [undefined, false] {
    const found = this.load(key);
    this.delete(key);
    return found;
  }

  /**
   * Deletes `key`.
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L76
   */
  delete(key: K): void {
    if (this.#deleted === undefined) this.#map.delete(key);
    else if (this.#map.has(key)) {
      this.#deleted.add(key);
      this.#map.set(key, absent);
    }
  }

  /**
   * Sets the value of `key` and returns what it had before.
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L82
   */
  swap(key: K, value: V): readonly [V, true] | readonly [undefined, false] {
    const found = this.load(key);
    this.store(key, value);
    return found;
  }

  /**
   * Sets the value of `key` to `value` if it is `old` now, and returns whether it was. A key without a value is
   * never swapped, not for `undefined` either.
   * @example
   * ```ts
   * import { SyncMap } from '@gosync/syncmap';
   *
   * const map = new SyncMap([['state', 'idle']]);
   * map.compareAndSwap('state', 'idle', 'busy'); // => true
   * map.compareAndSwap('state', 'idle', 'busy'); // => false
   * ```
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L89
   */
  compareAndSwap(key: K, old: V, value: V): boolean {
    const matches = this.#matches(key, old);
    if (matches) this.store(key, value);
    return matches;
  }

  /**
   * Deletes `key` if its value is `old`, and returns whether it was.
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L98
   */
  compareAndDelete(key: K, old: V): boolean {
    return this.#matches(key, old) && this.loadAndDelete(key)[1];
  }

  /**
   * Deletes all keys.
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L57
   */
  clear(): void {
    if (this.#deleted === undefined) this.#map.clear();
    else for (const key of this.#map.keys()) this.delete(key);
  }

  /**
   * Calls `f` for every key that was there at the start and still is, with its current value, until `f` returns
   * `false`. No key is visited twice, and none that came later, whatever `f` does to the map. What `f` throws ends
   * the iteration.
   *
   * @throws TypeError when `f` is not a function.
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
   * @see Go: https://github.com/golang/go/blob/go1.26.10/src/sync/map.go#L113; differs: also ends when `f` keeps
   * adding keys.
   */
  range(f: (key: K, value: V) => boolean | void): void {
    if (typeof f !== 'function') throw misuse('f is not a function', f);
    // Inside another `range`, keys that were deleted still have their place: only a copy tells them apart.
    if (this.#deleted) {
      for (const [key, value] of this) if (f(key, value) === false) return;
      return;
    }
    this.#deleted = new Set();
    // No key leaves the map now, so those that come later are all behind the first `left`.
    let left = this.#map.size;
    try {
      for (const [key, found] of this.#map) {
        if (left-- === 0 || (found[1] && f(key, found[0]) === false)) return;
      }
    } finally {
      const deleted = this.#deleted;
      this.#deleted = undefined;
      for (const key of deleted) if (!this.load(key)[1]) this.#map.delete(key);
    }
  }

  /** Iterates as {@link SyncMap.range} does, and may be suspended across `await`s. Copies the keys at the start. */
  *[Symbol.iterator](): Generator<readonly [K, V], void, undefined> {
    // Nobody says when a suspended iteration is over, so the map cannot keep its keys for it.
    for (const key of Array.from(this.#map.keys()).filter((each) => this.load(each)[1])) {
      const [value, ok] = this.load(key);
      if (ok) yield [key, value];
    }
  }

  #matches(key: K, old: V): boolean {
    const found = this.load(key);
    return found[1] && found[0] === old;
  }
}

function misuse(what: string, value: unknown): TypeError {
  return new TypeError(`syncmap: ${what}: ${Object.prototype.toString.call(value)}`);
}

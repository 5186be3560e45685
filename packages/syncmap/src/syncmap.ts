type Inspect = (value: unknown, options: object) => string;
/** `shown`: what is being shown. The console finds circles among its own objects only, but it passes options on. */
type Options = { readonly shown?: readonly unknown[] };
type Found<V> = readonly [V, true] | readonly [undefined, false];

// Frozen: it is handed to everybody who finds nothing.
const absent: readonly [undefined, false] = Object.freeze([undefined, false] as const);

/** Thrown through `Map.forEach`, which has no other way to stop. */
const stop: unique symbol = /* @__PURE__ */ Symbol('stop');

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
  // - while a `range` goes through `#map`, no key leaves `#map`: a deleted key maps to `absent` and is in `#deleted`
  // - at most half of the keys of `#map` are in `#deleted`
  #map = new Map<K, Found<V>>();
  /** The keys of `#map` without a value. Present if and only if a `range` is going through `#map`. */
  #deleted: Set<K> | undefined;

  static {
    // What `console.log` shows on Node, Deno and Bun: what it shows of a `Map`.
    Object.defineProperty(this.prototype, Symbol.for('nodejs.util.inspect.custom'), {
      value(
        this: SyncMap<unknown, unknown>,
        depth: number,
        { shown = [], ...options }: Options,
        inspect: Inspect,
      ) {
        if (shown.includes(this)) return '[Circular]';
        return inspect(new Map(this), { ...options, depth, shown: [...shown, this] }).replace(
          'Map',
          'SyncMap',
        );
      },
    });
  }

  /** @param entries - What to store first, as for a `Map`: pairs, or it throws a TypeError. */
  constructor(entries: Iterable<readonly [K, V]> = []) {
    if (typeof Object(entries)[Symbol.iterator] !== 'function')
      throw misuse('entries are not iterable', entries);
    for (const [key, value] of new Map(entries)) this.store(key, value);
  }

  /** How many keys there are. Go's has no length. */
  get size(): number {
    return this.#map.size - (this.#deleted?.size ?? 0);
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
    this.#deleted?.delete(key);
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
    const deleted = this.#deleted;
    if (deleted === undefined) {
      this.#map.delete(key);
    } else if (this.#map.has(key)) {
      deleted.add(key);
      this.#map.set(key, absent);
      // Deleted keys must not slow down an iteration that begins now.
      if (deleted.size * 2 > this.#map.size) this.#replace(Array.from(this.#map).filter(isThere));
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
    else this.#replace([]);
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
    // A key that was deleted during another `range` still has its place in the map and may be stored again: only a copy
    // of the keys tells it from a key that was there when this one began.
    if (this.#deleted) {
      for (const [key, value] of this) if (f(key, value) === false) return;
      return;
    }
    const map = this.#map;
    const deleted = (this.#deleted = new Set());
    // No key leaves the map now, so those that come later are all behind the first `left`.
    let left = map.size;
    try {
      // Not `for…of`, which makes a pair for each key (`pnpm bench syncmap-range`).
      map.forEach((found, key) => {
        if (left-- === 0) throw stop;
        const [value, ok] = map === this.#map ? found : this.load(key);
        if (ok && f(key, value) === false) throw stop;
      });
    } catch (error) {
      if (error !== stop) throw error;
    } finally {
      if (map === this.#map) {
        this.#deleted = undefined;
        for (const key of deleted) map.delete(key);
      }
    }
  }

  /** Iterates as {@link SyncMap.range} does, and may be suspended across `await`s. Copies the keys at the start. */
  *[Symbol.iterator](): Generator<readonly [K, V], void, undefined> {
    // Nobody says when a suspended iteration is over, so the map cannot keep its keys for it.
    for (const [key] of Array.from(this.#map).filter(isThere)) {
      const [value, ok] = this.load(key);
      if (ok) yield [key, value];
    }
  }

  /** Leaves the map to the `range` that is going through it, and goes on with a new one. */
  #replace(entries: Iterable<readonly [K, Found<V>]>): void {
    this.#map = new Map(entries);
    this.#deleted = undefined;
  }

  #matches(key: K, old: V): boolean {
    const found = this.load(key);
    return found[1] && found[0] === old;
  }
}

/** Whether an entry of the map has a value. */
function isThere([, found]: readonly [unknown, Found<unknown>]): boolean {
  return found[1];
}

function misuse(what: string, value: unknown): TypeError {
  let text: string = typeof value;
  try {
    text = Object.prototype.toString.call(value);
  } catch {
    // A value without a text.
  }
  return new TypeError(`syncmap: ${what}: ${text}`);
}

import type { Call } from './call.ts';

/**
 * The calls under way, by key, like a `Map` of them.
 *
 * The usual number is one or none, and putting a key into a `Map` only to take it out again costs more than the
 * rest of a call (`pnpm bench singleflight-alone`).
 */
export class Calls<K, V> {
  // Invariant: `#first` is not in `#others`.
  #first: Call<V> | undefined;
  /** The key of `#first`; absent without it. */
  #key: K | undefined;
  readonly #others = new Map<K, Call<V>>();

  get(key: K): Call<V> | undefined {
    // As a `Map` compares: NaN is NaN.
    const same = key === this.#key || (key !== key && this.#key !== this.#key);
    return (same && this.#first) || this.#others.get(key);
  }

  /** How many callers wait for each key. */
  callers(): Map<K | undefined, number> {
    const calls: [K | undefined, Call<V>][] = [...this.#others];
    if (this.#first) calls.unshift([this.#key, this.#first]);
    return new Map(calls.map(([key, call]) => [key, call.callers]));
  }

  /** Adds a call under a key that has none. */
  add(key: K, call: Call<V>): void {
    if (this.#first) {
      this.#others.set(key, call);
    } else {
      this.#first = call;
      this.#key = key;
    }
  }

  /** Removes the call of `key`; if `call` is given, only that one. */
  remove(key: K, call: Call<V> | undefined = this.get(key)): void {
    if (call !== undefined && this.#first === call) {
      this.#first = this.#key = undefined;
    } else if (this.#others.get(key) === call) {
      this.#others.delete(key);
    }
  }
}

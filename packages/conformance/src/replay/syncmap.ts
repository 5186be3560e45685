import { inspect } from 'node:util';
import { SyncMap } from '@gosync/syncmap';
import * as v from 'valibot';
import type { Outcome } from './outcome.ts';
import { type Range, scriptSchema, type Step, type Value } from './syncmap-script.ts';

/** Begins the keys that a callback adds: whether those are visited depends on Go's random order. */
const added = 'added ';

export async function* syncmap(line: unknown): AsyncGenerator<Outcome> {
  const player = new Player();
  for (const step of v.parse(scriptSchema, line).steps) {
    yield { recorded: step, seen: { ...step, ...player.act(step) } };
  }
}

class Player {
  readonly #map = new SyncMap<unknown, unknown>();
  readonly #objects = new Map<number, object>();

  act(step: Step): object {
    const map = this.#map;
    if (step.op === 'range') return this.#range(step);
    const key = 'key' in step ? this.#read(step.key) : undefined;
    const value = 'value' in step ? this.#read(step.value) : undefined;
    const old = 'old' in step ? this.#read(step.old) : undefined;
    switch (step.op) {
      case 'load':
        return { result: this.#pair(map.load(key)) };
      case 'store':
        map.store(key, value);
        return {};
      case 'loadOrStore':
        return { result: this.#pair(map.loadOrStore(key, value)) };
      case 'loadAndDelete':
        return { result: this.#pair(map.loadAndDelete(key)) };
      case 'delete':
        map.delete(key);
        return {};
      case 'swap':
        return { result: this.#pair(map.swap(key, value)) };
      case 'compareAndSwap':
        return { ok: map.compareAndSwap(key, old, value) };
      case 'compareAndDelete':
        return { ok: map.compareAndDelete(key, old) };
      default:
        map.clear();
        return {};
    }
  }

  #range({ callback, with: written, count }: Range): object {
    const fresh = this.#read(written);
    const visits: { readonly at: string; readonly visit: unknown[] }[] = [];
    this.#map.range((key, value) => {
      if (callback === 'add' && typeof key === 'string' && key.startsWith(added)) return true;
      const at = JSON.stringify(this.#write(key));
      const [got, more = true] = this.#visit(callback, key, value, fresh);
      const visit = [this.#write(key), this.#write(value), ...(got === undefined ? [] : [got])];
      visits.push({ at, visit });
      return more;
    });
    if (count !== undefined) return { count: visits.length };
    // In the order of Go's strings, which is that of bytes; these are all ASCII.
    visits.sort((a, b) => (a.at < b.at ? -1 : 1));
    return { visits: visits.map(({ visit }) => visit) };
  }

  /** What the callback gets, and whether to go on. */
  #visit(
    callback: Range['callback'],
    key: unknown,
    value: unknown,
    fresh: unknown,
  ): readonly [got?: unknown, more?: boolean] {
    const map = this.#map;
    switch (callback) {
      case 'look':
        return [];
      case 'stop':
        return [undefined, false];
      case 'delete':
        map.delete(key);
        return [];
      case 'store':
        map.store(key, fresh);
        return [];
      case 'storeAgain':
        map.delete(key);
        map.store(key, fresh);
        return [];
      case 'swap':
        return [this.#pair(map.swap(key, fresh))];
      case 'loadOrStore':
        return [this.#pair(map.loadOrStore(key, fresh))];
      case 'loadAndDelete':
        return [this.#pair(map.loadAndDelete(key))];
      case 'compareAndSwap':
        return [map.compareAndSwap(key, value, fresh)];
      case 'compareAndDelete':
        return [map.compareAndDelete(key, value)];
      case 'clear':
        map.clear();
        return [undefined, false];
      case 'deleteAll':
        for (const [each] of map) map.delete(each);
        return [];
      case 'add':
        map.store(added + JSON.stringify(this.#write(key)), fresh);
        return [];
      default:
        return [[...map].length];
    }
  }

  #pair([value, ok]: readonly [unknown, boolean]): readonly [Value, boolean] {
    return [this.#write(value), ok];
  }

  #read(value: Value): unknown {
    if (value === null) return undefined;
    if (typeof value !== 'object') return value;
    if ('number' in value) return NaN;
    let object = this.#objects.get(value.object);
    if (!object) this.#objects.set(value.object, (object = { ...value }));
    return object;
  }

  #write(value: unknown): Value {
    if (value === undefined) return null;
    if (Number.isNaN(value)) return { number: 'NaN' };
    for (const [id, object] of this.#objects) if (object === value) return { object: id };
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : `unknown: ${inspect(value)}`;
  }
}

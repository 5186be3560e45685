import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SyncMap } from '@gosync/syncmap';
import { describe, expect, it } from 'vitest';

setFlagsFromString('--expose-gc');
const gc: () => void = runInNewContext('gc');

/** Which of the objects behind `refs` cannot be collected, hard as one tries. */
async function survivors(refs: readonly WeakRef<object>[]): Promise<object[]> {
  let alive = [...refs];
  // The optimizing compiler may hold one or the other while it is at work in its own thread.
  for (let tries = 0; tries < 20 && alive.length > 0; tries++) {
    // What a WeakRef was made from, or read, in a task lives until that task ends.
    await setImmediate();
    gc();
    alive = alive.filter((ref) => ref.deref() !== undefined);
  }
  return alive.flatMap((ref) => ref.deref() ?? []);
}

describe('SyncMap', () => {
  it('retains no key or value that was deleted, swapped or compared away [go: TestIssue40999]', async () => {
    const map = new SyncMap<object | null, object>([[null, {}]]);
    const refs: WeakRef<object>[] = [];
    const thing = (): object => {
      const made = {};
      refs.push(new WeakRef(made));
      return made;
    };
    const pass = (i: number): void => {
      const [key, old, value] = [thing(), thing(), thing()];
      map.store(key, old);
      if (i % 2 === 0) map.swap(key, value);
      else map.compareAndSwap(key, old, value);
      map.load(key);
      if (i % 4 === 0) map.delete(key);
      else if (i % 4 === 1) map.loadAndDelete(key);
      else if (i % 4 === 2) map.compareAndDelete(key, value);
      else map.clear();
    };
    for (let i = 0; i < 1000; i++) pass(i);
    expect(await survivors(refs)).toEqual([]);
    map.store(null, {});
    expect(map.size).toBe(1);
  });

  it('retains nothing for an iteration that was dropped half way', async () => {
    const map = new SyncMap<object, object>();
    const refs: WeakRef<object>[] = [];
    const pass = (): void => {
      const key = {};
      map.store(key, {});
      map.store({}, {});
      const iterator = map[Symbol.iterator]();
      iterator.next();
      refs.push(new WeakRef(key), new WeakRef(iterator));
      map.range(() => false);
      map.clear();
    };
    for (let i = 0; i < 100; i++) pass();
    expect(await survivors(refs)).toEqual([]);
    expect(map.size).toBe(0);
  });
});

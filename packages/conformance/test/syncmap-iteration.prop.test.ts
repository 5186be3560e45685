import { SyncMap } from '@gosync/syncmap';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** Tasks share a map; each either walks through it or changes it, a step at a time. */
type Plan =
  | { readonly does: 'iterate'; readonly stopsAfter: number }
  | { readonly does: 'change'; readonly changes: readonly Change[] };

interface Change {
  readonly does: 'store' | 'delete' | 'replace' | 'clear' | 'swap';
  readonly key: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  does: fc.constantFrom('store', 'store', 'delete', 'replace', 'swap', 'clear'),
  key: fc.nat(12),
});
const plan: fc.Arbitrary<Plan> = fc.oneof(
  fc.record({ does: fc.constant('iterate'), stopsAfter: fc.nat(30) }),
  fc.record({ does: fc.constant('change'), changes: fc.array(change, { maxLength: 12 }) }),
);

/** A map, and when each key came and went. Every change is a moment of its own. */
class History {
  readonly map = new SyncMap<number, number>();
  #now = 0;
  /** For every key, when it was stored anew and when it was deleted, in turns. */
  readonly #turns = new Map<number, number[]>();

  change({ does, key }: Change): void {
    const moment = this.now();
    if (does === 'clear') {
      for (const present of this.#turns.keys()) this.#goes(present, moment);
      this.map.clear();
    } else if (does === 'delete') {
      this.#goes(key, moment);
      this.map.delete(key);
    } else if (does === 'replace') {
      // Gone and back again: a plain Map would come to it once more.
      this.#goes(key, moment);
      this.map.delete(key);
      this.#comes(key, moment);
      this.map.store(key, moment);
    } else {
      this.#comes(key, moment);
      this.map[does](key, moment);
    }
  }

  now(): number {
    return this.#now++;
  }

  has(key: number): boolean {
    return (this.#turns.get(key) ?? []).length % 2 === 1;
  }

  /** Keys that were there at `from` and have not been away since. */
  stayed(from: number): number[] {
    return [...this.#turns]
      .filter(([key, turns]) => this.has(key) && (turns.at(-1) ?? from) < from)
      .map(([key]) => key);
  }

  #comes(key: number, moment: number): void {
    if (!this.has(key)) this.#turns.set(key, [...(this.#turns.get(key) ?? []), moment]);
  }

  #goes(key: number, moment: number): void {
    if (this.has(key)) this.#turns.get(key)?.push(moment);
  }
}

async function iterate(
  history: History,
  stopsAfter: number,
  pause: () => Promise<unknown>,
): Promise<void> {
  const begin = history.now();
  const visited = new Set<number>();
  const atStart = new Set([...history.map].map(([key]) => key));
  for (const [key, value] of history.map) {
    expect(visited).not.toContain(key);
    expect(atStart).toContain(key);
    expect([history.has(key), history.map.load(key)]).toEqual([true, [value, true]]);
    visited.add(key);
    if (visited.size > stopsAfter) return;
    await pause();
  }
  expect([...visited]).toEqual(expect.arrayContaining(history.stayed(begin)));
}

describe('SyncMap[Symbol.iterator]()', () => {
  it('visits once what stays, with its current value, while tasks change the map in any order', async () => {
    const property = fc.asyncProperty(
      fc.array(plan, { minLength: 2, maxLength: 6 }),
      fc.scheduler(),
      async (plans, scheduler) => {
        const history = new History();
        for (let key = 0; key < 6; key++) history.change({ does: 'store', key });
        const pause = (): Promise<unknown> => scheduler.schedule(Promise.resolve(), 'pause');
        const tasks = plans.map(async (task) => {
          await pause();
          if (task.does === 'iterate') return iterate(history, task.stopsAfter, pause);
          for (const one of task.changes) {
            history.change(one);
            await pause();
          }
          return undefined;
        });
        await scheduler.waitFor(Promise.all(tasks));
      },
    );
    await expect(fc.assert(property, { numRuns: 500 })).resolves.toBeUndefined();
  });

  it('ends for every iterator of a map that tasks fill while they walk through it', async () => {
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.scheduler(),
      async (n, s) => {
        const map = new SyncMap([[0, 0]]);
        let next = 1;
        const walk = async (): Promise<number> => {
          let visits = 0;
          for (const [key] of map) {
            map.delete(key);
            map.store(key, key);
            map.store(next, next++);
            visits++;
            await s.schedule(Promise.resolve(), 'pause');
          }
          return visits;
        };
        const walks = Promise.all(Array.from({ length: n }, walk));
        await s.waitFor(walks);
        // The first finds one key; each that starts later, one more.
        expect(await walks).toEqual(Array.from({ length: n }, (_, i) => i + 1));
      },
    );
    await expect(fc.assert(property)).resolves.toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Key, type Operations, Real } from './models.ts';
import { key, operation, value } from './operations.ts';
import { runs } from './runs.ts';

/** Goes through a map; at each visit the steps of one turn are taken, walks inside the walk among them. */
interface Walk {
  readonly by: 'range' | 'iterator';
  readonly turns: readonly (readonly (Walk | Step)[])[];
  /** How it is left before its end, after its last turn; or that it is not. */
  readonly left: 'by false' | 'by a throw' | 'never';
}

type Step = (map: Operations) => unknown;

const { walk } = fc.letrec<{ walk: Walk; step: Walk | Step }>((tie) => ({
  walk: fc.record({
    by: fc.constantFrom('range', 'iterator'),
    turns: fc.array(fc.array(tie('step'), { maxLength: 4 }), { maxLength: 8 }),
    left: fc.constantFrom('never', 'never', 'by false', 'by a throw'),
  }),
  step: fc.oneof({ maxDepth: 3 }, operation, tie('walk')),
}));

/** What a visit throws to leave its walk. */
const leave = new Error('left');

/** Walks under supervision: of each walk it is known what had to be visited and what could be. */
class Supervisor {
  readonly problems: string[] = [];
  readonly #map = new Real();
  /** For each walk that is under way, the keys that have had a value ever since it began. */
  readonly #stayed: Set<Key>[] = [];

  constructor(pairs: readonly (readonly [Key, unknown])[]) {
    for (const [k, v] of pairs) this.#map.store(k, String(v));
  }

  go({ by, turns, left }: Walk): void {
    const map = this.#map;
    const atStart = new Set(Array.from(map.entries(), ([k]) => k));
    const stayed = new Set(atStart);
    this.#stayed.push(stayed);
    const visited = new Set<Key>();
    let isLeft = false;
    const visit = (k: Key, v: unknown): boolean => {
      const name = `${by}, ${String(k)}`;
      if (isLeft) this.problems.push(`${name}: visited after the walk was left`);
      if (visited.has(k)) this.problems.push(`${name}: visited twice`);
      if (!atStart.has(k)) this.problems.push(`${name}: came later`);
      const [current, ok] = map.load(k);
      if (!ok || !Object.is(current, v)) this.problems.push(`${name}: not its value`);
      for (const step of turns[visited.size] ?? []) this.#take(step);
      visited.add(k);
      isLeft = left !== 'never' && visited.size > turns.length;
      if (isLeft && left === 'by a throw') throw leave;
      return !isLeft;
    };
    try {
      if (by === 'range') map.range(visit);
      else for (const [k, v] of map) if (!visit(k, v)) break;
    } catch (error) {
      if (error !== leave) throw error;
    }
    for (const k of stayed)
      if (!isLeft && !visited.has(k)) this.problems.push(`${by}: missed ${String(k)}`);
    if (map.size !== [...map].length) this.problems.push(`${by}: counts wrong`);
    this.#stayed.pop();
  }

  #take(step: Walk | Step): void {
    if (typeof step !== 'function') return this.go(step);
    step(this.#map);
    for (const stayed of this.#stayed) {
      for (const k of stayed) if (!this.#map.load(k)[1]) stayed.delete(k);
    }
  }
}

describe('SyncMap.range() and SyncMap[Symbol.iterator]()', () => {
  it('visit what stayed once, and nothing that is gone or came later, however they are nested', () => {
    const start = fc.array(fc.tuple(key, value), { maxLength: 6 });
    const property = fc.property(start, walk, (pairs, outermost) => {
      const supervisor = new Supervisor(pairs);
      supervisor.go(outermost);
      expect(supervisor.problems).toEqual([]);
    });
    expect(() =>
      fc.assert(property, { numRuns: runs(500), includeErrorInReport: true }),
    ).not.toThrow();
  });
});

import fc from 'fast-check';
import * as here from '@gosync/context';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { World } from './context-world.ts';
import { runs } from './runs.ts';
import { hostileSteps, take } from './context-steps.ts';

/** What was reported as uncaught: the platform's own way out is not to be had in a test. */
const uncaught = new Set<string>();
vi.mock('../src/microtask.ts', async (load) => ({
  ...(await load<object>()),
  reportUncaught: (error: unknown) => uncaught.add(String(error)),
}));

/** The package as a second copy of it in the same process. */
let there: typeof here;
beforeAll(async () => {
  vi.resetModules();
  there = await import('@gosync/context');
});
beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a tree of contexts with hostile members', () => {
  it.each([
    ['one copy', () => [here]],
    ['two copies', () => [here, there]],
  ])(
    'is what a naive model says, made by %s, and reports only what hostile members throw',
    async (_, copies) => {
      await fc.assert(
        fc.asyncProperty(hostileSteps, async (list) => {
          const world = new World(copies());
          world.addHostile();
          expect(await take(world, list)).toEqual([]);
        }),
        { numRuns: runs(150) },
      );
      // The platform cannot mark a signal that is frozen.
      const known =
        /^(Error: no (removal|error)|TypeError: Cannot (assign to read only|add) property .*)$/;
      for (const error of uncaught) expect(error).toMatch(known);
    },
    7_200_000,
  );
});

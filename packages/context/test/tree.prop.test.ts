import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { steps, take } from './context-steps.ts';
import { World } from './context-world.ts';
import { runs } from './runs.ts';

describe('a tree of contexts', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is what a naive model says, whatever is done to it in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        expect(await take(new World(), list)).toEqual([]);
      }),
      { numRuns: runs(150) },
    );
  }, 7_200_000);
});

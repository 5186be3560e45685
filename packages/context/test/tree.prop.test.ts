import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { World, keys } from './context-world.ts';

type Step = readonly [label: string, apply: (world: World) => void];

const seed = fc.nat(1_000);
const key = fc.constantFrom(...keys);
const reason = fc.constantFrom(undefined, 'a', 'b', null, 0);

function step<T>(
  name: string,
  args: fc.Arbitrary<T>,
  apply: (world: World, args: T) => void,
): fc.Arbitrary<Step> {
  return args.map((given) => [`${name} ${fc.stringify(given)}`, (world) => apply(world, given)]);
}

const steps = fc.array(
  fc.oneof(
    step('cancelChild', seed, (world, at) => world.cancelChild(at)),
    step('valueChild', fc.tuple(seed, key, reason), (world, args) => world.valueChild(...args)),
    step('cutOffChild', seed, (world, at) => world.cutOffChild(at)),
    step('deadlineChild', fc.tuple(seed, fc.nat(12), reason), (world, args) =>
      world.deadlineChild(...args),
    ),
    step('callback', seed, (world, at) => world.callback(at)),
    step('stop', seed, (world, at) => world.stop(at)),
    step('readSignal', seed, (world, at) => world.readSignal(at)),
    step('cancel', fc.tuple(seed, reason), (world, args) => world.cancel(...args)),
    step('advance', fc.nat(5), (world, ms) => world.advance(ms)),
  ),
  { maxLength: 40, size: 'max' },
);

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
        const world = new World();
        for (const [, apply] of list) {
          apply(world);
          // A callback on what was done before comes in a microtask.
          await Promise.resolve();
          world.checkCalls();
          expect(world.violations).toEqual([]);
          expect(world.real()).toEqual(world.expected());
        }
        vi.clearAllTimers();
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

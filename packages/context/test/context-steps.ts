import fc from 'fast-check';
import { expect, vi } from 'vitest';
import { type World, keys } from './context-world.ts';

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

const peaceful: readonly fc.Arbitrary<Step>[] = [
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
];
const hostile: readonly fc.Arbitrary<Step>[] = [
  step('wrapper', seed, (world, at) => world.wrapper(at)),
  step('freeze', seed, (world, at) => world.freeze(at)),
  step('abort', fc.tuple(seed, reason), (world, args) => world.abort(...args)),
];
const long = { maxLength: 40, size: 'max' } as const;
export const steps: fc.Arbitrary<Step[]> = fc.array(fc.oneof(...peaceful), long);
export const hostileSteps: fc.Arbitrary<Step[]> = fc.array(fc.oneof(...peaceful, ...hostile), long);

/** Takes the steps, looks at everything after each, and returns what was seen that must not be. */
export async function take(world: World, list: readonly Step[]): Promise<readonly string[]> {
  for (const [, apply] of list) {
    apply(world);
    // A callback on what was done before comes in a microtask.
    await Promise.resolve();
    world.checkCalls();
    expect(world.violations).toEqual([]);
    expect(world.real()).toEqual(world.expected());
  }
  vi.clearAllTimers();
  return world.violations;
}

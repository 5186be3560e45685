import fc from 'fast-check';

/** Units of the semaphore that all requests share. */
export const size = 5;
/** Keys that the requests load. */
export const keys = ['a', 'b', '__proto__'] as const;

export type Key = (typeof keys)[number];

/** What one task of a request does. */
export interface Task {
  /** How it takes its units of the shared semaphore. */
  readonly how: 'acquire' | 'permit' | 'run' | 'tryAcquire';
  /** How many; more than there are only in a request that is canceled, or it would wait for ever. */
  readonly weight: number;
  /** How it loads its key, and what it does to the cache then. */
  readonly load: 'do' | 'doChan' | 'doContext' | 'nothing';
  readonly key: Key;
  readonly forgets: boolean;
  readonly cache: 'store' | 'delete' | 'iterate';
  /** How it does five things side by side. */
  readonly fans: 'no' | 'all' | 'any' | 'map' | 'stream';
  /** How often it lets others run while it holds its units. */
  readonly pauses: number;
  readonly fails: boolean;
  /** Whether it adds another task to its group. */
  readonly spawns: 'no' | 'go' | 'tryGo';
}

/** What one request does, from its first context to the end of its group. */
export interface Plan {
  readonly parent: 'context' | 'signal' | 'value' | 'timeout' | 'detached';
  /** Where its deadline lies, in milliseconds. */
  readonly ms: number;
  /** The limit of its group; 0 is none. */
  readonly limit: number;
  /** How many pauses after its start it is canceled; absent when it is not. */
  readonly cancelAfter: number | undefined;
  readonly disposes: boolean;
  readonly tasks: readonly Task[];
}

const task: fc.Arbitrary<Task> = fc.record({
  how: fc.constantFrom('acquire', 'permit', 'run', 'tryAcquire'),
  weight: fc.integer({ min: 0, max: size + 1 }),
  load: fc.constantFrom('do', 'doChan', 'doContext', 'doContext', 'nothing'),
  key: fc.constantFrom(...keys),
  forgets: fc.integer({ min: 0, max: 9 }).map((n) => n === 9),
  cache: fc.constantFrom('store', 'delete', 'iterate'),
  fans: fc.constantFrom('no', 'all', 'any', 'map', 'stream'),
  pauses: fc.nat(3),
  fails: fc.integer({ min: 0, max: 9 }).map((n) => n > 7),
  spawns: fc.constantFrom('no', 'no', 'go', 'tryGo'),
});

export const anyPlan: fc.Arbitrary<Plan> = fc.record({
  parent: fc.constantFrom('context', 'signal', 'value', 'timeout', 'detached'),
  ms: fc.integer({ min: 0, max: 20 }),
  limit: fc.nat(3),
  cancelAfter: fc.option(fc.nat(8), { nil: undefined, freq: 2 }),
  disposes: fc.boolean(),
  tasks: fc.array(task, { maxLength: 5 }),
});

/** The same plans for the same seed. */
export function somePlans(seed: number, count: number): Plan[] {
  return fc.sample(anyPlan, { seed, numRuns: count });
}

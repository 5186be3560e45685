import { inspect } from 'node:util';
import { Keyed, Weighted } from '@gosync/semaphore';
import { describe, expect, it } from 'vitest';
import { watch } from '@gosync/testing/microtasks';

/** What Deno's console calls: `value[Symbol.for('Deno.customInspect')](inspect, options)`. */
function inspectAsDeno(value: object): unknown {
  const show: unknown = Reflect.get(value, Symbol.for('Deno.customInspect'));
  return typeof show === 'function' ? show.call(value, inspect, {}) : undefined;
}

describe.each([
  ['Node and Bun', inspect],
  ['Deno', inspectAsDeno],
])('console.log() on %s', (_runtime, show) => {
  it('shows what a Weighted has and how many wait for it', () => {
    const sem = new Weighted(4);
    sem.tryAcquire(3);
    watch(sem.acquire(2));
    watch(sem.permit(new AbortController().signal, 5));
    expect(show(sem)).toBe('Weighted { size: 4, available: 1, waiting: 2 }');
    sem.resize(2);
    expect(show(sem)).toBe('Weighted { size: 2, available: 0, waiting: 2 }');
  });

  it('shows how many units each key of a Keyed has, and how many keys are in use', () => {
    const keyed = new Keyed(2);
    keyed.tryPermit('a');
    keyed.tryPermit('b', 2);
    expect(show(keyed)).toBe('Keyed { size: 2, keys: 2 }');
  });
});

describe('console.log()', () => {
  it('shows a Weighted inside another object', () => {
    expect(inspect({ pool: new Weighted(1) })).toBe(
      '{ pool: Weighted { size: 1, available: 1, waiting: 0 } }',
    );
  });
});

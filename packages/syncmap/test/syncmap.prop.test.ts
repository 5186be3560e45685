import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Copied, type Operations, Plain, Real } from './models.ts';
import { operation } from './operations.ts';
import { runs } from './runs.ts';

/** That the real map does, result by result, what `model` does. */
function matches(model: () => Operations): void {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 60 }), (history) => {
      const [real, naive] = [new Real(), model()];
      expect(history.map((step) => step(real))).toEqual(history.map((step) => step(naive)));
      expect([...real]).toEqual([...naive.entries()]);
      expect([...real.entries()]).toEqual([...real]);
      expect(real.size).toBe([...naive.entries()].length);
    }),
    { numRuns: runs(300) },
  );
}

describe('SyncMap', () => {
  it('does what a plain map does, step by step [go: TestMapMatchesRWMutex]', () => {
    expect(() => matches(() => new Plain())).not.toThrow();
  });

  it('does what a list that is copied at every write does [go: TestMapMatchesDeepCopy]', () => {
    expect(() => matches(() => new Copied())).not.toThrow();
  });
});

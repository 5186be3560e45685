import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endRules, type Rule, rules } from '../src/load/audit.ts';
import { Load } from '../src/load/load.ts';
import { anyPlan, type Plan } from '../src/load/plan.ts';

/** Serves `plans` at the same time, and lets `scheduler` decide who goes on at every pause. */
async function serve(plans: readonly Plan[], scheduler: fc.Scheduler): Promise<Load> {
  const load = new Load(() => {
    // Deadlines pass in the middle of everything.
    vi.advanceTimersByTime(1);
    return scheduler.schedule(Promise.resolve(), 'pause');
  });
  const served = Promise.all(plans.map((plan) => load.serve(plan)));
  await scheduler.waitFor(served.then(() => load.finish()));
  return load;
}

describe('the five ports of Go together', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('keep every rule, whatever the requests and whoever goes on first', async () => {
    const checks = new Map<Rule, number>();
    const plans = fc.array(anyPlan, { minLength: 1, maxLength: 8 });
    const property = fc.asyncProperty(plans, fc.scheduler(), async (some, scheduler) => {
      const { audit } = await serve(some, scheduler);
      expect(audit.violations).toEqual([]);
      expect(vi.getTimerCount()).toBe(0);
      for (const [rule, times] of audit.checks) checks.set(rule, (checks.get(rule) ?? 0) + times);
    });
    await fc.assert(property, { numRuns: 500 });
    // A rule that was never looked at has not been kept.
    expect([...checks.keys()].sort()).toEqual([...rules, ...endRules].sort());
  });
});

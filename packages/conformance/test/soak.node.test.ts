import { describe, expect, it } from 'vitest';
import { endRules, rules } from '../src/load/audit.ts';
import { soak } from '../soak/soak.ts';

describe('soak()', () => {
  it('finds every rule kept and the heap flat after 2 seconds', async () => {
    let heard = 0;
    const report = await soak({ seconds: 2, seed: 1, workers: 20, log: () => heard++ });
    expect(report.violations).toEqual([]);
    expect([...report.checks.keys()].sort()).toEqual([...rules, ...endRules].sort());
    expect(heard).toBe(20);
    expect(report.requests).toBeGreaterThan(100);
    // A request that is kept would cost some thousands.
    expect(report.bytesPerRequest).toBeLessThan(500);
  });
});

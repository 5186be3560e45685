import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { probes, root, vectors } from '../matrix/files.ts';
import { limits } from '../matrix/limits.ts';
import { withTables } from '../matrix/page.ts';
import { count, resultsTable } from '../matrix/table.ts';

const [limit] = limits;
const file = 'packages/context/test/platform.test.ts';

describe('count()', () => {
  it('counts by package, and apart what replays the vectors; what is of no package only has to pass', () => {
    const { counts, failures } = count([
      { file, name: 'a', passed: true },
      { file: 'packages/semaphore/test/b.test.ts', name: 'b', passed: true },
      { file: vectors, name: 'c', passed: true },
      { file: 'packages/conformance/test/d.test.ts', name: 'd', passed: true },
      { file: 'docs/test/e.test.ts', name: 'e', passed: false },
    ]);
    const one = { passed: 1, failed: 0, excused: 0 };
    expect(counts).toEqual({ context: one, semaphore: one, vectors: one });
    expect(failures.map(({ name }) => name)).toEqual(['e']);
  });

  it('does not excuse a failure that is not on the list', () => {
    const failed = { file, name: 'a', passed: false };
    const { counts, failures } = count([failed]);
    expect(counts['context']).toEqual({ passed: 0, failed: 1, excused: 0 });
    expect(failures).toEqual([failed]);
  });

  it('does not excuse a failure on the list where the probe passes, or did not run', () => {
    const failed = { file, name: limit?.test ?? '', passed: false };
    const probe = { file: probes, name: `the platform > ${limit?.probe}`, passed: true };
    expect(count([failed]).failures).toEqual([failed]);
    expect(count([failed, probe]).failures).toEqual([failed]);
  });

  it('excuses a failure on the list where the probe fails, and says so', () => {
    const { counts, failures, platform } = count([
      { file, name: limit?.test ?? '', passed: false },
      { file: probes, name: `the platform > ${limit?.probe}`, passed: false },
    ]);
    expect(failures).toEqual([]);
    expect(counts['context']).toEqual({ passed: 0, failed: 0, excused: 1 });
    expect(platform).toEqual({ [limit?.probe ?? '']: false });
  });
});

describe('limits', () => {
  it.each(limits)('names a probe and a test that exist: $test', ({ test, probe }) => {
    expect(readFileSync(join(root, probes), 'utf8')).toContain(`'${probe}'`);
    const title = test.split(' > ').at(-1) ?? '';
    const files = ['platform', 'controller'].map((name) => `packages/context/test/${name}.test.ts`);
    const sources = files.map((each) => readFileSync(join(root, each), 'utf8')).join('\n');
    expect(sources).toContain(`'${title}'`);
  });
});

describe('the page about runtimes', () => {
  const page = readFileSync(join(root, 'docs/runtimes.md'), 'utf8');
  const rows = JSON.parse(readFileSync(join(root, 'docs/data/matrix.json'), 'utf8'));

  it('shows the tables of the last full run', () => {
    expect(withTables(page, rows)).toBe(page);
  });

  it('shows ten runtimes without a failure', () => {
    expect(rows).toHaveLength(10);
    expect(resultsTable(rows)).not.toContain('failed');
  });

  it('has a place for each table', () => {
    expect(() => withTables('no marks', rows)).toThrow('no place for results');
  });
});

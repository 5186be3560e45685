import { readdirSync, readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { exportsOf } from '../ledger/exports.ts';
import { names } from '../ledger/go-names.ts';
import { ledger } from '../ledger/ledger.ts';
import { page } from '../ledger/page.ts';
import { type Facts, problemsOf } from '../ledger/problems.ts';
import { recordFiles } from '../ledger/records.ts';
import { portedIn, root, testFiles } from '../ledger/titles.ts';

function read(file: string): string {
  return readFileSync(new URL(file, root), 'utf8');
}

const workloads = 'packages/bench/src/workloads/';
const records = recordFiles();
const facts: Facts = {
  names,
  exports: exportsOf(['context', 'errgroup', 'semaphore', 'singleflight', 'syncmap']),
  ported: testFiles().flatMap(portedIn),
  rows: new Set(
    readdirSync(new URL(workloads, root)).flatMap((file) =>
      [...read(workloads + file).matchAll(/^ +id: '([\w-]+)',$/gm)].map(([, id = '']) => id),
    ),
  ),
  decisions: new Set(records.map((file) => Number(file.slice(0, 4)))),
};

describe('the ledger of the port', () => {
  it('has a place that exists, or a reason, for every name of Go’s, and names everything here', () => {
    expect(problemsOf(facts)).toEqual([]);
  });

  it('cannot lose an entry without that being noticed', () => {
    const without = ledger.flatMap((each, i) =>
      (['symbols', 'own', 'refused', 'rows'] as const).flatMap((part) =>
        Object.keys(each[part]).map((name) => {
          const rest = Object.entries(each[part]).filter(([other]) => other !== name);
          return {
            name,
            ledger: ledger.map((other, j) =>
              j === i ? { ...each, [part]: Object.fromEntries(rest) } : other,
            ),
          };
        }),
      ),
    );
    expect(without.length).toBeGreaterThan(100);
    const unnoticed = without.filter((each) => problemsOf(facts, each.ledger).length === 0);
    expect(unnoticed.map(({ name }) => name)).toEqual([]);
  });

  it('notices a symbol, a row, a record and a ported test that do not exist', () => {
    const [first, ...rest] = ledger;
    const forged = first && {
      ...first,
      own: { ...first.own, 'nothing()': [9999] },
      rows: { ...first.rows, BenchmarkErrOK: ['no-row'] },
      differs: { ...first.differs, TestNothing: [1] },
    };
    expect(problemsOf(facts, forged ? [forged, ...rest] : [])).toEqual([
      'context: Go has no TestNothing',
      'context: differs, but is not ported: TestNothing',
      'context: not exported: nothing()',
      'context: no such row: no-row',
      'context: no such record: 9999',
    ]);
  });

  it('is what docs/porting.md shows (`pnpm ledger` writes the page)', async () => {
    const file = new URL('docs/porting.md', root);
    const options = { ...(await resolveConfig(file)), parser: 'markdown' };
    expect(read('docs/porting.md')).toBe(await format(page({ ...facts, records }), options));
  });
});

describe('docs/decisions', () => {
  it('has a number for every record, in a row, and nothing else but the index', () => {
    const numbers = records.map((file) => Number(file.slice(0, 4)));
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    const files = readdirSync(new URL('docs/decisions/', root)).sort();
    expect(files).toEqual([...records, 'README.md']);
  });

  it('has an index with the title of every record', () => {
    const index = read('docs/decisions/README.md');
    const missing = records.filter((file) => {
      const [heading = ''] = read(`docs/decisions/${file}`).split('\n');
      const [, number = '', title = ''] = /^# (\d{4}): (.+)$/.exec(heading) ?? [];
      return !file.startsWith(number) || !index.includes(`- [${number}](./${file}) ${title}\n`);
    });
    expect(missing).toEqual([]);
  });

  it.each(records)('%s says why, what and what follows, in at most 60 lines', (file) => {
    const text = read(`docs/decisions/${file}`);
    expect(text.match(/^## .+$/gm)).toEqual(['## Context', '## Decision', '## Consequences']);
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  });
});

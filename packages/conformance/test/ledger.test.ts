import { readdirSync, readFileSync } from 'node:fs';
import { object, parse, picklist, record, string } from 'valibot';
import { describe, expect, it } from 'vitest';
import { exportsOf } from '../ledger/exports.ts';
import { deadLinks, root, sectionsOf } from '../ledger/page.ts';
import { type Facts, problemsOf } from '../ledger/problems.ts';
import { portedIn, testFiles } from '../ledger/titles.ts';

function read(file: string): string {
  return readFileSync(new URL(file, root), 'utf8');
}

function list(folder: string): string[] {
  return readdirSync(new URL(folder, root)).sort();
}

const kind = picklist(['symbol', 'test', 'example', 'benchmark']);
const go = parse(
  object({ go: string(), xsync: string(), packages: record(string(), record(string(), kind)) }),
  JSON.parse(read('packages/conformance/ledger/go-names.json')),
);
const workloads = 'packages/bench/src/workloads/';
const packages = ['context', 'errgroup', 'semaphore', 'singleflight', 'syncmap'];
const facts: Facts = {
  names: go.packages,
  exports: exportsOf(packages),
  ported: testFiles().flatMap(portedIn),
  rows: new Set(
    list(workloads).flatMap((file) =>
      [...read(workloads + file).matchAll(/^ +id: '([\w-]+)',$/gm)].map(([, id = '']) => id),
    ),
  ),
};
const page = read('docs/porting.md');

describe('docs/porting.md', () => {
  it('has a place that exists, or a reason, for every name of Go’s; and everything here is on it', () => {
    expect(problemsOf(page, facts)).toEqual([]);
  });

  it('cannot lose a line of a table or a list without that being noticed', () => {
    const lines = page.split('\n');
    const entries = lines.flatMap((line, i) => (/^(?:\| [`—]|- `)/.test(line) ? [i] : []));
    expect(entries.length).toBeGreaterThan(Object.values(go.packages).flatMap(Object.keys).length);
    const unnoticed = entries.filter(
      (i) => problemsOf(lines.filter((_, j) => j !== i).join('\n'), facts).length === 0,
    );
    expect(unnoticed.map((i) => lines[i])).toEqual([]);
  });

  it('says which Go and which x/sync it is about', () => {
    expect(page).toContain(`${go.go.replace('go', 'Go ')} and x/sync ${go.xsync}`);
  });

  it('counts the tests that are ported and those that are refused', () => {
    const places = [...sectionsOf(page).values()]
      .flatMap(({ entries }) => Array.from(entries))
      .filter(([name]) => name.startsWith('Test'))
      .map(([, [first]]) => first?.kind);
    const refused = places.filter((each) => each === 'refused').length;
    expect(places.length).toBeGreaterThanOrEqual(75);
    expect(page).toContain(
      `Of ${places.length} tests, ${places.length - refused} are ported and ${refused} refused.`,
    );
  });

  it('links to the record of every decision', () => {
    const unlinked = decisions().filter((file) => !page.includes(`](./decisions/${file})`));
    expect(unlinked).toEqual([]);
  });
});

function decisions(): string[] {
  return list('docs/decisions/').filter((file) => /^\d{4}-[\w-]+\.md$/.test(file));
}

describe('docs/decisions', () => {
  it('has a number for every record, in a row, and nothing else but the index', () => {
    const numbers = decisions().map((file) => Number(file.slice(0, 4)));
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    expect(list('docs/decisions/')).toEqual([...decisions(), 'README.md']);
  });

  it('has an index with the title of every record', () => {
    const index = read('docs/decisions/README.md');
    const missing = decisions().filter((file) => {
      const [heading = ''] = read(`docs/decisions/${file}`).split('\n');
      const [, number = '', title = ''] = /^# (\d{4}): (.+)$/.exec(heading) ?? [];
      return !file.startsWith(number) || !index.includes(`- [${number}](./${file}) ${title}\n`);
    });
    expect(missing).toEqual([]);
  });

  it.each(decisions())('%s says why, what and what follows, in at most 60 lines', (file) => {
    const text = read(`docs/decisions/${file}`);
    expect(text.match(/^## .+$/gm)).toEqual(['## Context', '## Decision', '## Consequences']);
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  });
});

describe('the links', () => {
  const pages = [
    'docs/porting.md',
    ...list('docs/decisions/').map((file) => `docs/decisions/${file}`),
    ...packages.map((name) => `packages/${name}/README.md`),
  ];

  it.each(pages)('of %s lead somewhere', (file) => {
    expect(deadLinks(file)).toEqual([]);
  });
});

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kind } from '../src/machine.mjs';
import { profile } from '../src/profile.mjs';
import { results } from '../src/results.mjs';
import { row } from '../src/row.mjs';
import { type Report, reports } from '../src/report.mjs';
import { table } from '../src/table.mjs';
import { describe as inWords, judge, short } from '../src/verdict.mjs';

const example = row({
  id: 'example',
  title: '`a < b`',
  per: 'item',
  unit: 'ns',
  n: 1000,
  targets: [
    { than: 'floor', atMost: 2 },
    { than: 'peer', atMost: 0.5 },
    { than: 'go', atMost: 1 },
  ],
  why: 'It waits.',
  contenders: { gosync: () => () => 0 },
});
const figure = (min: number) => ({ min, median: min + 1 });
const figures = { gosync: figure(10), floor: figure(5), slow: figure(40), fast: figure(16) };
const measured = { id: 'example', n: 1000, figures };
const [line] = judge(example, [measured]);
const lines = line ? [line] : [];

const report: Report = {
  command: 'pnpm bench',
  commit: 'abc1234',
  date: '2026-01-01',
  machine: { cpu: 'CPU', cores: 2, memory: '1 GiB', os: 'Linux x64' },
  go: null,
  packages: { fast: '1.0.0' },
  rows: [example],
  runs: [
    { node: 'v20.0.0', results: [measured] },
    { node: 'v24.0.0', results: [measured] },
  ],
};

describe('judge()', () => {
  it('takes the fastest of the packages as the peer', () => {
    expect(line?.peer).toEqual({ name: 'fast', value: 16 });
  });

  it('holds a target at its limit, misses it above, and leaves out what was not measured', () => {
    expect(line?.verdicts).toEqual([
      { than: 'floor', atMost: 2, ratio: 2, holds: true },
      { than: 'peer', atMost: 0.5, ratio: 0.625, holds: false },
    ]);
  });

  it('judges growth beside that of the floor', () => {
    const growing = {
      ...example,
      sizes: [1, 2],
      targets: [{ than: 'growth', atMost: 2 }],
    };
    const judged = judge(growing, [
      { id: 'example', n: 1, figures: { gosync: figure(10), floor: figure(5) } },
      { id: 'example', n: 2, figures: { gosync: figure(60), floor: figure(15) } },
    ]);
    expect(judged.map(({ verdicts }) => verdicts)).toEqual([
      [],
      [{ than: 'growth', atMost: 2, ratio: 2, holds: true }],
    ]);
  });
});

describe('short()', () => {
  it.each([
    [0.123, '0.12'],
    [12.34, '12.3'],
    [123.4, '123'],
    [1_234_567, '1,234,567'],
  ])('writes %d as %s', (value, text) => {
    expect(short(value)).toBe(text);
  });
});

describe('table()', () => {
  it('says which targets are missed', () => {
    expect(table(lines)).toContain('floor ≤ 2 holds: 2.00; peer ≤ 0.5 MISSED: 0.63');
  });
});

describe('results()', () => {
  it('lists what is missed with its reason, and the Node versions side by side', () => {
    const text = results([report]);
    expect(text).toContain('peer ≤ 0.5 MISSED: 0.63. It waits.');
    expect(text).toContain('| Node 20.0.0, cpu | Node 24.0.0, cpu |');
  });
});

describe('results() of two kinds of processor', () => {
  const slow = { ...measured, figures: { ...figures, floor: figure(4) } };
  const other: Report = {
    ...report,
    date: '2025-12-31',
    machine: { ...report.machine, cpu: 'Other(R) Chip(TM) 9' },
    runs: [{ node: 'v24.0.0', results: [slow] }],
  };

  it('says that a target is missed when it is missed on one of them', () => {
    const text = results([report, other]);
    expect(text).toContain('| Node 24.0.0, other-chip |');
    expect(text).toContain('| floor ≤ 2 | MISSED | 2.00 | 2.00 | **2.50** |');
  });

  it('judges by the targets of the newest, and leaves out what the older has not measured', () => {
    const without = { ...other, runs: [{ node: 'v24.0.0', results: [] }] };
    expect(results([report, without])).toContain('| floor ≤ 2 | holds | 2.00 | 2.00 |  |');
  });
});

describe('reports()', () => {
  it('reads the last report of each kind of processor, the newest first', () => {
    const folder = join(import.meta.dirname, '../../../docs/data/bench');
    const dates = reports(folder).map(({ date }) => date);
    expect(dates.length).toBeGreaterThan(0);
    expect(dates).toEqual([...dates].sort((a, b) => b.localeCompare(a)));
  });
});

describe('kind()', () => {
  it.each([
    ['Intel(R) Xeon(R) Processor', 'intel-xeon'],
    ['AMD EPYC 9R14', 'amd-epyc'],
    ['Apple M2', 'apple-m2'],
  ])('names %s %s', (cpu, name) => {
    expect(kind(cpu)).toBe(name);
  });
});

describe('profile()', () => {
  it('shares the time out between the collector, the code, and the engine', async () => {
    let sum = 0;
    const shares = await profile(async () => {
      const end = performance.now() + 50;
      while (performance.now() < end) for (let i = 0; i < 10_000; i++) sum += i;
    });
    expect(sum).toBeGreaterThan(0);
    expect(shares.code).toBeGreaterThan(0);
    expect(shares.collector + shares.code + shares.engine).toBeCloseTo(1, 1);
  });

  it('is put into words', () => {
    expect(inWords({ collector: 0.5, code: 0.25, engine: 0.25 })).toBe(
      'Profile: 50 % garbage collector, 25 % the code of the row, 25 % the engine.',
    );
  });
});

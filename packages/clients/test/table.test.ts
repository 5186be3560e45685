import { describe, expect, it } from 'vitest';
import { nodes, type Run } from '../run.ts';
import { keepGood, rejectionsTable, resultsTable, type Row, rowsOf } from '../table.ts';

const good = {
  name: 'canceled while waiting',
  outcome: 'AbortError 20 with the cause',
  problems: [],
};
const bad = { name: 'deadline exceeded', problems: ['Error: somewhere in /a/path'] };

function runs(...checks: (typeof good | typeof bad)[]): Run[] {
  return nodes.map((node) => ({ node, seconds: 1, report: { library: 'axios', checks } }));
}

function row(...checks: (typeof good | typeof bad)[]): Row[] {
  return rowsOf(runs(...checks));
}

describe('rowsOf()', () => {
  it('keeps the names of the checks that found something, and not what they found', () => {
    const [found] = rowsOf(runs(good, bad));
    expect(found?.problems).toEqual({
      '20.20.2': ['deadline exceeded'],
      '24.21.0': ['deadline exceeded'],
    });
    expect(JSON.stringify(found)).not.toContain('/a/path');
  });

  it('names the version that is installed', () => {
    expect(rowsOf(runs(good))[0]?.version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

describe('keepGood()', () => {
  it('takes a row that is all as expected in the place of the old one', () => {
    expect(keepGood(row(good), row(good, good))).toEqual(row(good, good));
  });

  it('keeps the old row of a case with a problem, and has none for a case that never was without', () => {
    expect(keepGood(row(good), row(good, bad))).toEqual(row(good));
    expect(keepGood([], row(good, bad))).toEqual([]);
  });

  it('drops the rows of cases that are gone', () => {
    expect(keepGood(row(good), [])).toEqual([]);
  });
});

describe('resultsTable()', () => {
  it('says on which Node how many checks found something', () => {
    const [first, second] = [runs(good)[0], runs(good, bad)[1]];
    const text = resultsTable(rowsOf([first, second].flatMap((run) => run ?? [])));
    expect(text).toMatch(/\| as expected +\| 1 not as expected \|$/);
  });
});

describe('rejectionsTable()', () => {
  it('shows errors by name, code and cause, and a dash for what did not come to an end', () => {
    expect(rejectionsTable(rowsOf(runs(good)))).toMatch(
      /\| axios +\| `AbortError`, code `20`, the cause in `cause` \| – /,
    );
  });
});

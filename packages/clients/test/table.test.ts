import { describe, expect, it } from 'vitest';
import { nodes, type Run } from '../run.ts';
import { rejectionsTable, resultsTable, rowsOf } from '../table.ts';

const good = {
  name: 'canceled while waiting',
  outcome: 'AbortError 20 with the cause',
  problems: [],
};
const bad = { name: 'deadline exceeded', problems: ['Error: somewhere in /a/path'] };

function runs(...checks: (typeof good | typeof bad)[]): Run[] {
  return nodes.map((node) => ({ node, seconds: 1, report: { library: 'axios', checks } }));
}

describe('rowsOf()', () => {
  it('keeps the names of the checks that found something, and not what they found', () => {
    const [row] = rowsOf(runs(good, bad));
    expect(row?.problems).toEqual({
      '20.20.2': ['deadline exceeded'],
      '24.21.0': ['deadline exceeded'],
    });
    expect(JSON.stringify(row)).not.toContain('/a/path');
  });

  it('names the version that is installed', () => {
    expect(rowsOf(runs(good))[0]?.version).toMatch(/^\d+\.\d+\.\d+$/);
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

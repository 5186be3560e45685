import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../bundle.ts';
import type { Report } from '../harness/case.ts';
import { launch } from '../launch.ts';
import { failing } from '../table.ts';

const names = ['good', 'careless', 'wrong', 'slow', 'staying', 'crashing', 'silent'] as const;
const folder = join(import.meta.dirname, '../node_modules/.cache/fixtures');

/** By check, the first line of each problem. */
function problemsOf({ checks }: Report): Readonly<Record<string, readonly string[]>> {
  const found = checks.filter(({ problems }) => problems.length > 0);
  return Object.fromEntries(
    found.map(({ name, problems }) => [name, problems.map((text) => text.split('\n')[0] ?? '')]),
  );
}

const reports = new Map<string, Report>();
function report(name: (typeof names)[number]): Report {
  const found = reports.get(name);
  if (!found) throw new Error(`not run: ${name}`);
  return found;
}

beforeAll(async () => {
  const fixtures = names.map((name) => join(import.meta.dirname, `fixtures/${name}.ts`));
  const programs = await bundle(fixtures, folder);
  for (const [index, name] of names.entries()) {
    // Whatever the machine is busy with, a process that ends by itself does so in this time.
    const timeout = name === 'staying' ? 5_000 : 60_000;
    reports.set(name, await launch(process.execPath, programs[index] ?? '', { timeout }));
  }
}, 300_000);

describe('client()', () => {
  it('finds nothing when a library does everything right, and says how its calls ended', () => {
    const { checks } = report('good');
    expect(problemsOf(report('good'))).toEqual({});
    expect(checks.find(({ name }) => name === 'deadline exceeded')).toEqual({
      name: 'deadline exceeded',
      outcome: 'Error with the cause',
      problems: [],
    });
  });

  it('reports calls that fail, end with another error than expected, or resolve', () => {
    const found = problemsOf(report('wrong'));
    expect(Object.keys(found)).toEqual([
      'answered under a live context',
      'canceled while waiting',
      'canceled with a cause',
      'canceled before the call',
      'deadline exceeded',
      'fifteen calls in a group that is canceled',
      'aborted by an AbortController',
      'answered under a live AbortController',
    ]);
    expect(found['answered under a live context']).toEqual(['Error: no answer']);
    expect(found['canceled before the call']).toEqual([
      'Error: resolved to done, although it should have been stopped',
    ]);
    const { problems: canceled } = report('wrong').checks[2] ?? {};
    expect(canceled?.join()).toMatch(/'RangeError'[^]*'the cause'/);
  });

  it('reports calls that do not end promptly', () => {
    expect(problemsOf(report('slow'))['canceled while waiting']).toEqual([
      expect.stringMatching(/^AssertionError.*: ended \d+ ms after its context$/),
    ]);
  });
});

/** What a check of the careless case was found to do. */
function careless(name: string): readonly string[] | undefined {
  return problemsOf(report('careless'))[name];
}

describe('run()', () => {
  it('reports nothing for checks in which there is nothing to find', () => {
    const { checks } = report('careless');
    expect(failing(report('careless'))).not.toContain('is good');
    expect(failing(report('careless'))).not.toContain('is good again');
    expect(checks.find(({ name }) => name === 'is good')?.outcome).toBe('the outcome');
    expect(failing(report('careless'))).not.toContain('leaves as many listeners as told');
    expect(failing(report('careless'))).not.toContain('warns as is known');
  });

  it('reports a check that throws, and one that rejects', () => {
    expect(careless('throws at once')).toEqual(['Error: at once']);
    expect(careless('rejects')).toEqual(['Error: later']);
  });

  it('reports a check that never settles', () => {
    expect(careless('never settles')).toEqual(['Error: still pending after 200 ms']);
  });

  it('reports a listener that is left on a signal, and one that is missing', () => {
    expect(careless('leaves a listener')).toEqual(['listeners on the signal: 1, expected 0']);
    expect(careless('leaves fewer listeners than told')).toEqual([
      'listeners on the signal: 1, expected 2',
    ]);
  });

  it('reports a timer that is left', () => {
    expect(careless('leaves a timer')).toEqual(['timers left: 1']);
  });

  it('reports a warning', () => {
    expect(careless('warns')).toEqual(['warning: Warning: it leaks']);
  });

  it('reports an unhandled rejection and an uncaught exception', () => {
    expect(careless('has an unhandled rejection')).toEqual([
      'unhandled rejection: Error: nobody hears',
    ]);
    expect(careless('has an uncaught exception')).toEqual([
      'uncaught exception: Error: nobody catches',
    ]);
  });

  it('reports what keeps the process alive', () => {
    expect(problemsOf(report('staying'))['leaves nothing behind']).toEqual([
      'keeps the process alive: TCPServerWrap',
    ]);
  });
});

describe('launch()', () => {
  it('reports a process that does not end by itself', () => {
    expect(problemsOf(report('staying'))['ends by itself']).toEqual([
      'still running after 5000 ms',
    ]);
  });

  it('reports a process that ends without a report', () => {
    expect(problemsOf(report('crashing'))).toEqual({
      'ends by itself': ['no report', 'exited with 3'],
    });
    expect(problemsOf(report('silent'))).toEqual({
      'ends by itself': ['no report', 'exited with 13'],
    });
  });

  it('finds no fault with a process that ends by itself', () => {
    expect(failing(report('good'))).not.toContain('ends by itself');
    expect(report('good').checks.at(-1)?.name).toBe('ends by itself');
  });
});

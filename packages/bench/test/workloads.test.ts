import events from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Meter } from '../src/measure.mjs';
import { rows } from '../src/rows.mjs';

// Radashi adds a listener for each waiter.
events.defaultMaxListeners = 0;

const root = join(import.meta.dirname, '..');
const goFiles = readdirSync(join(root, 'go'))
  .filter((name) => name.endsWith('_test.go'))
  .map((name) => readFileSync(join(root, 'go', name), 'utf8'))
  .join('\n');

describe('Meter.measure()', () => {
  it('rejects when not all of the work was done', async () => {
    const meter = new Meter('ns', () => () => 999, 1000);
    await expect(meter.measure(1)).rejects.toThrow('999 of 1000 items were done');
  });

  it('counts after the clock has stopped when it is given a function', async () => {
    const meter = new Meter('ns', () => () => () => 999, 1000);
    await expect(meter.measure(1)).rejects.toThrow('999 of 1000 items were done');
  });

  it('sets up once and prepares every run', async () => {
    const calls: string[] = [];
    const meter = new Meter(
      'ns',
      (n) => {
        calls.push('set-up');
        return {
          prepare: () => void calls.push('prepare'),
          run: () => {
            calls.push('run');
            return n;
          },
        };
      },
      10,
    );
    await meter.measure(2);
    expect(calls).toEqual(['set-up', 'prepare', 'run', 'prepare', 'run']);
  });
});

describe('rows', () => {
  it('have a name each', () => {
    const names = rows.map(({ id }) => id);
    expect(names).toEqual([...new Set(names)]);
  });

  it.each(rows)('$id: has ours among its contenders', ({ contenders }) => {
    expect(Object.keys(contenders)).toContain('gosync');
  });

  it.each(rows)('$id: is judged by what is measured', ({ targets, contenders, go, sizes }) => {
    const measured = [
      'nothing',
      ...Object.keys(contenders),
      ...(go ? ['go'] : []),
      ...(sizes ? ['growth'] : []),
      ...(Object.keys(contenders).some((name) => !/^(?:gosync|floor)/.test(name)) ? ['peer'] : []),
    ];
    expect(measured).toEqual(expect.arrayContaining(targets.map(({ than }) => than)));
  });

  it.each(rows)('$id: all contenders do all of the work, twice', async ({ unit, contenders }) => {
    for (const contender of Object.values(contenders)) {
      const perItem = await new Meter(unit, contender, 1000).measure(2);
      expect(perItem).toEqual(expect.any(Number));
    }
  });

  it.each(rows.filter(({ go }) => go !== undefined))('$id: Go has Benchmark$go', ({ go }) => {
    expect(goFiles).toContain(`func Benchmark${go}(b *testing.B)`);
  });

  it('leave no Go benchmark over', () => {
    const names = [...goFiles.matchAll(/func Benchmark(\w+)\(b/g)].map(([, name]) => name);
    expect(names.filter((name) => rows.every(({ go }) => go !== name))).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { branches } from '../../.vitepress/theme/playground/tree/branches.ts';
import { TreeSimulation } from '../../.vitepress/theme/playground/tree/simulation.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const idOf = ({ nodes }: TreeSimulation, name: string) =>
  nodes.find((node) => node.name === name)?.id ?? 0;
const done = ({ nodes }: TreeSimulation) =>
  nodes.filter(({ ended }) => ended !== '').map(({ name }) => name);

describe('TreeSimulation', () => {
  it('ends what is derived, except below withoutCancel', () => {
    const simulation = new TreeSimulation();
    simulation.cancel(idOf(simulation, 'request'));
    expect(done(simulation)).toEqual(['request', 'database', 'query', 'template']);
  });

  it('ends at the deadline what is derived from the one that has it', () => {
    const simulation = new TreeSimulation();
    const { id } = simulation.derive(idOf(simulation, 'audit'), 'withTimeout', 'call', 3000);
    simulation.derive(id, 'withCancel', 'part');
    vi.advanceTimersByTime(2999);
    expect(done(simulation)).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(done(simulation)).toEqual(['call', 'part']);
    expect(simulation.nodes.find(({ name }) => name === 'part')?.ended).toBe(
      'context deadline exceeded',
    );
  });

  it('derives below the last of what the parent has', () => {
    const simulation = new TreeSimulation();
    simulation.derive(idOf(simulation, 'database'), 'withValue');
    expect(simulation.nodes.map(({ name }) => name)).toEqual([
      'program',
      'request',
      'database',
      'query',
      'derived 1',
      'template',
      'audit',
      'log entry',
    ]);
  });

  it('derives from a context that is done one that is done', () => {
    const simulation = new TreeSimulation();
    simulation.cancel(idOf(simulation, 'request'));
    expect(simulation.derive(idOf(simulation, 'query'), 'withCancel').ended).toBe(
      'context canceled',
    );
  });
});

describe('branches()', () => {
  it('draws a line as far as the last child', () => {
    expect(branches([0, 1, 2, 1])).toEqual([
      { through: [], last: true, parent: true },
      { through: [], last: false, parent: true },
      { through: [true], last: true, parent: false },
      { through: [], last: true, parent: false },
    ]);
  });
});

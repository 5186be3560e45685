import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { duration, GroupSimulation } from '../../.vitepress/theme/playground/group/simulation.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const outcomes = ({ timeline }: GroupSimulation) => timeline.rows.map(({ outcome }) => outcome);

describe('GroupSimulation', () => {
  it('stops the siblings of the task that fails, at that moment', async () => {
    const simulation = new GroupSimulation({ tasks: 5, limit: 3, failing: 3 });
    const run = simulation.run();
    await vi.runAllTimersAsync();
    await run;
    expect(simulation.state.result).toBe('wait() rejected: task 3 failed');
    expect(outcomes(simulation)).toEqual([
      'stopped',
      'stopped',
      'stopped',
      'failed',
      'stopped',
      'stopped',
    ]);
    const ends = simulation.timeline.rows.map(({ spans }) => spans.at(-1)?.to);
    expect(new Set(ends)).toEqual(new Set([1200]));
  });

  it('runs no more tasks at once than the limit', async () => {
    const simulation = new GroupSimulation({ tasks: 4, limit: 1, failing: 0 });
    const run = simulation.run();
    await vi.runAllTimersAsync();
    await run;
    expect(simulation.state.result).toBe('wait() resolved');
    const [, ...tasks] = simulation.timeline.rows;
    const begins = tasks.map(({ spans }) => spans.at(-1)?.from);
    expect(begins).toEqual([0, 2750, 2750 + 2250, 2750 + 2250 + 3000]);
  });

  it('ends with the context it is derived from', async () => {
    const simulation = new GroupSimulation({ tasks: 2, limit: 2, failing: 0 });
    const run = simulation.run();
    simulation.cancel();
    await run;
    expect(simulation.state.result).toBe('wait() rejected: canceled from outside');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('duration()', () => {
  it('is shortest for the task that fails', () => {
    const tasks = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const others = tasks.filter((task) => task !== 3).map((task) => duration(task, 3));
    expect(duration(3, 3)).toBeLessThan(Math.min(...others));
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StampedeSimulation } from '../../.vitepress/theme/playground/stampede/simulation.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('StampedeSimulation', () => {
  it('answers all callers with one upstream call', async () => {
    const simulation = new StampedeSimulation();
    void simulation.stampede(4, 1000);
    await vi.runAllTimersAsync();
    expect(simulation.state).toEqual({ callers: 4, upstream: 1, answered: 4, left: 0 });
  });

  it('cancels the upstream call with the last caller, and then starts anew', async () => {
    const simulation = new StampedeSimulation();
    void simulation.call(Infinity);
    void simulation.call(Infinity);
    simulation.leaveAll();
    await vi.advanceTimersByTimeAsync(0);
    expect(simulation.state).toEqual({ callers: 2, upstream: 1, answered: 0, left: 2 });
    expect(simulation.timeline.active).toBe(false);
    void simulation.call(1000);
    await vi.runAllTimersAsync();
    expect(simulation.state).toEqual({ callers: 3, upstream: 2, answered: 1, left: 2 });
  });

  it('answers when told to', async () => {
    const simulation = new StampedeSimulation();
    void simulation.call(Infinity);
    simulation.answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(simulation.state.answered).toBe(1);
  });

  it('lets nobody arrive after it has been closed', async () => {
    const simulation = new StampedeSimulation();
    void simulation.stampede(4, 1000);
    simulation.close();
    await vi.runAllTimersAsync();
    expect(simulation.state.callers).toBe(1);
    expect(simulation.timeline.active).toBe(false);
  });
});

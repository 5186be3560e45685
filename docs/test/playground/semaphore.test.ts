import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SemaphoreSimulation } from '../../.vitepress/theme/playground/semaphore/simulation.ts';
import { phaseOf } from '../../.vitepress/theme/playground/timeline.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const phases = ({ timeline }: SemaphoreSimulation) =>
  timeline.rows.map((row) => row.outcome ?? phaseOf(row));

describe('SemaphoreSimulation', () => {
  it('records how long each request waits and holds', async () => {
    const simulation = new SemaphoreSimulation(3);
    void simulation.request(2, 1000);
    void simulation.request(3, 500);
    await vi.advanceTimersByTimeAsync(0);
    expect(phases(simulation)).toEqual(['running', 'waiting']);
    expect(simulation.state).toEqual({ available: 1, waiting: 1 });
    await vi.runAllTimersAsync();
    expect(simulation.timeline.rows.map(({ spans }) => spans)).toEqual([
      [
        { phase: 'waiting', from: 0, to: 0 },
        { phase: 'running', from: 0, to: 1000 },
      ],
      [
        { phase: 'waiting', from: 0, to: 1000 },
        { phase: 'running', from: 1000, to: 1500 },
      ],
    ]);
    expect(simulation.state).toEqual({ available: 3, waiting: 0 });
  });

  it('cancels those who wait, not those who hold', async () => {
    const simulation = new SemaphoreSimulation(2);
    void simulation.request(2, Infinity);
    void simulation.request(1, Infinity);
    void simulation.request(5, Infinity);
    await vi.advanceTimersByTimeAsync(0);
    simulation.cancelWaiting();
    await vi.advanceTimersByTimeAsync(0);
    expect(phases(simulation)).toEqual(['running', 'stopped', 'stopped']);
    void simulation.request(1, Infinity);
    await vi.advanceTimersByTimeAsync(0);
    expect(phases(simulation).at(-1)).toBe('waiting');
  });

  it('releases before the time when told to', async () => {
    const simulation = new SemaphoreSimulation(2);
    void simulation.request(2, Infinity);
    void simulation.request(2, Infinity);
    await vi.advanceTimersByTimeAsync(0);
    for (const row of simulation.timeline.rows) simulation.release(row);
    await vi.advanceTimersByTimeAsync(0);
    expect(phases(simulation)).toEqual(['done', 'running']);
  });

  it('tries without waiting', async () => {
    const simulation = new SemaphoreSimulation(2);
    void simulation.try(2, 1000);
    void simulation.try(1, 1000);
    await vi.runAllTimersAsync();
    expect(phases(simulation)).toEqual(['done', 'failed']);
  });

  it('leaves no timer behind when it is closed', async () => {
    const simulation = new SemaphoreSimulation(2);
    void simulation.request(2, 1000);
    void simulation.request(2, 1000);
    await vi.advanceTimersByTimeAsync(0);
    simulation.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(phases(simulation)).toEqual(['done', 'stopped']);
    expect(vi.getTimerCount()).toBe(0);
  });
});

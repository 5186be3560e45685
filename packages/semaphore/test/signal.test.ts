import { background, from, withCancel } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { describe, expect, it } from 'vitest';
import { followListeners } from '@gosync/testing/listeners';
import { drain, type Outcome, watch } from '@gosync/testing/microtasks';

const many = 10_000;

function queue(sem: Weighted, signal: AbortSignal, count: number): Outcome[] {
  return Array.from({ length: count }, () => watch(sem.acquire(signal)));
}

describe('an AbortSignal that 10,000 requests wait on', () => {
  it('has one listener while they wait and none when it has been aborted', async () => {
    const controller = new AbortController();
    const listeners = followListeners(controller.signal);
    const sem = new Weighted(1);
    sem.tryAcquire();
    const outcomes = queue(sem, controller.signal, many);
    expect(sem.waiting).toBe(many);
    expect(listeners).toEqual({ current: 1, peak: 1 });
    controller.abort('enough');
    expect(sem.waiting).toBe(0);
    expect(listeners).toEqual({ current: 0, peak: 1 });
    await drain();
    expect(outcomes.filter(({ result }) => result === 'enough')).toHaveLength(many);
    sem.release();
    expect(sem.available).toBe(1);
  });

  it('has one listener until the last of them is granted', async () => {
    const controller = new AbortController();
    const listeners = followListeners(controller.signal);
    const sem = new Weighted(many);
    sem.tryAcquire(many);
    const outcomes = queue(sem, controller.signal, many);
    sem.release(many - 1);
    expect(listeners).toEqual({ current: 1, peak: 1 });
    sem.release();
    expect(listeners).toEqual({ current: 0, peak: 1 });
    await drain();
    expect(outcomes.filter(({ state }) => state === 'fulfilled')).toHaveLength(many);
    expect(sem.available).toBe(0);
  });

  it('has one listener for several semaphores and for contexts derived from it', () => {
    const controller = new AbortController();
    const listeners = followListeners(controller.signal);
    const [ctx, cancel] = withCancel(controller.signal);
    const sems = Array.from({ length: 10 }, () => new Weighted(1));
    for (const sem of sems) {
      sem.tryAcquire();
      watch(sem.acquire(controller.signal));
      watch(sem.permit(ctx));
      watch(sem.run(from(controller), () => undefined));
    }
    expect(sems.map(({ waiting }) => waiting)).toEqual(Array(10).fill(3));
    expect(listeners).toEqual({ current: 1, peak: 1 });
    controller.abort();
    expect(listeners).toEqual({ current: 0, peak: 1 });
    cancel();
  });
});

describe('an AbortSignal', () => {
  it('gets no listener from a request that need not wait', async () => {
    const { signal } = new AbortController();
    const listeners = followListeners(signal);
    const sem = new Weighted(3);
    await sem.acquire(signal);
    await sem.permit(signal);
    await sem.run(signal, () => undefined);
    expect(listeners).toEqual({ current: 0, peak: 0 });
  });

  it('keeps no listener when the requests are abandoned by other contexts', () => {
    const { signal } = new AbortController();
    const listeners = followListeners(signal);
    const sem = new Weighted(1);
    sem.tryAcquire();
    for (let i = 0; i < 10; i++) {
      const [ctx, cancel] = withCancel(signal);
      watch(sem.acquire(ctx));
      expect(listeners.current).toBe(1);
      cancel();
      expect(listeners.current).toBe(0);
    }
    expect(sem.waiting).toBe(0);
  });
});

describe('a Context that requests wait on', () => {
  it('keeps nothing of them when they are granted: its end calls nobody', async () => {
    const [ctx, cancel] = withCancel(background());
    const sem = new Weighted(2);
    sem.tryAcquire(2);
    const outcomes = [watch(sem.acquire(ctx)), watch(sem.permit(ctx))];
    sem.release(2);
    cancel();
    await drain();
    expect(outcomes.map(({ state }) => state)).toEqual(['fulfilled', 'fulfilled']);
    expect([sem.available, sem.waiting]).toEqual([0, 0]);
  });
});

import { stream } from '@gosync/tasks';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callbackEndings } from '../src/leaks/callback.ts';
import { contextEndings } from '../src/leaks/context.ts';
import { errgroupEndings } from '../src/leaks/errgroup.ts';
import { growth } from '../src/leaks/garbage.ts';
import { semaphoreEndings } from '../src/leaks/semaphore.ts';
import { singleflightEndings } from '../src/leaks/singleflight.ts';
import { syncmapEndings } from '../src/leaks/syncmap.ts';
import { tasksEndings } from '../src/leaks/tasks.ts';

/** How often a round is played between two measurements, at first. */
const rounds = 100;
/** Bytes that a round may leave behind: less than one waiter, callback, child or call. */
const noise = 100;

/**
 * By how many bytes a call of `once` lets the heap grow, measured for longer while it is more than noise: what leaks,
 * leaks again, however long it is watched; noise thins out.
 */
async function steadyGrowth(once: () => Promise<void>): Promise<number> {
  let bytes = Infinity;
  for (let times = rounds; bytes >= noise && times <= 16 * rounds; times *= 2) {
    bytes = await growth(once, times);
  }
  return bytes;
}

function* naturals(): Generator<number> {
  for (let n = 0; ; n++) yield n;
}

describe('the heap', () => {
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });
  afterAll(() => {
    vi.useRealTimers();
  });

  it.each([
    ['contexts', contextEndings] as const,
    ['callbacks', callbackEndings] as const,
    ['waiters', semaphoreEndings] as const,
    ['tasks', errgroupEndings] as const,
    ['calls', singleflightEndings] as const,
    ['entries and iterators', syncmapEndings] as const,
    ['calls of tasks', tasksEndings] as const,
  ])(
    'is as it was, however often %s begin and end in every way',
    async (_name, endings) => {
      const living = endings.map(({ open }) => open());
      const all = async (): Promise<void> => {
        for (const { once } of living) await once((_title, thing) => thing);
      };
      expect(await steadyGrowth(all)).toBeLessThan(noise);
    },
    300_000,
  );

  it.each([true, false])(
    'is as it was, however much of an endless stream was read (ordered: %s)',
    async (ordered) => {
      const results = stream(undefined, naturals(), async (_ctx, n) => ({ n }), {
        limit: 10,
        ordered,
      });
      const read = async (): Promise<void> => {
        for (let i = 0; i < rounds; i++) await results.next();
      };
      expect(await steadyGrowth(read)).toBeLessThan(noise);
      await results.return();
    },
    300_000,
  );
});

import { AsyncLocalStorage } from 'node:async_hooks';
import { Weighted } from '@gosync/semaphore';
import { any, map, stream } from '@gosync/tasks';
import { describe, expect, it } from 'vitest';
import { indexes, read, slowly, ways } from './ways.ts';

const storage = new AsyncLocalStorage<string>();

describe('the async context of the caller', () => {
  it.each(ways)('is that of all tasks of $name, those that wait for room too', async ({ run }) => {
    const seen: unknown[] = [];
    const semaphore = new Weighted(1);
    await semaphore.acquire();
    const work = async (): Promise<never> => {
      await Promise.resolve();
      seen.push(storage.getStore());
      throw new Error('on to the next');
    };
    const calls = [
      storage.run('caller', () =>
        run(undefined, 3, async () => void seen.push(storage.getStore()), { limit: 1 }),
      ),
      storage.run('caller', () => run(undefined, 1, work, { semaphore })),
    ];
    storage.run('releaser', () => semaphore.release());
    await Promise.allSettled(calls);
    expect(new Set(seen)).toEqual(new Set(['caller']));
  });

  it('is that of all tasks of a stream, wherever it is read', async () => {
    const seen: unknown[] = [];
    const results = storage.run('caller', () =>
      stream(undefined, slowly(indexes(5)), () => seen.push(storage.getStore()), { limit: 2 }),
    );
    await storage.run('reader', () => read(results));
    expect(seen).toEqual(Array(5).fill('caller'));
  });

  it('is that of the tasks which any() begins after a while', async () => {
    const seen: unknown[] = [];
    const task = async (): Promise<string> => {
      seen.push(storage.getStore());
      await new Promise((resolve) => setTimeout(resolve, 5));
      return 'done';
    };
    await storage.run('caller', () => any(undefined, [task, task, task], { stagger: 1 }));
    expect(seen.length).toBeGreaterThan(1);
    expect(new Set(seen)).toEqual(new Set(['caller']));
  });

  it('is that of the items, too', async () => {
    const seen: unknown[] = [];
    function* items(): Generator<number> {
      for (let i = 0; i < 3; i++) {
        seen.push(storage.getStore());
        yield i;
      }
    }
    await storage.run('caller', () => map(undefined, items(), async () => 1, { limit: 1 }));
    expect(seen).toEqual(Array(3).fill('caller'));
  });
});

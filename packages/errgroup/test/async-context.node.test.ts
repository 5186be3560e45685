import { AsyncLocalStorage } from 'node:async_hooks';
import { background } from '@gosync/context';
import { Group, withContext } from '@gosync/errgroup';
import { describe, expect, it } from 'vitest';
import { Deferred, drain } from '@gosync/testing/microtasks';

const storage = new AsyncLocalStorage<string>();

describe('a task', () => {
  it('runs in the async context of the caller of go, at once or queued, before and after an await', async () => {
    const group = new Group();
    group.setLimit(1);
    const seen: unknown[] = [];
    for (const name of ['a', 'b', 'c', 'd']) {
      storage.run(name, () => {
        void group.go(async () => {
          seen.push(storage.getStore());
          await drain(2);
          seen.push(storage.getStore());
        });
      });
    }
    await storage.run('waiter', () => group.wait());
    expect(seen).toEqual(['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd']);
  });

  it('runs in the async context of its own caller even when a task of another lets it in or fails', async () => {
    const [group] = withContext(background());
    group.setLimit(1);
    const seen: unknown[] = [];
    const end = new Deferred();
    storage.run('first', () => void group.go(() => end.promise));
    storage.run('second', () => void group.go(() => seen.push(storage.getStore())));
    storage.run('rejecter', () => end.reject(new Error('failed')));
    await expect(group.wait()).rejects.toThrow('failed');
    expect(seen).toEqual(['second']);
  });
});

describe('Group.go() and Group.wait()', () => {
  it('resume the caller in its own async context', async () => {
    const group = new Group();
    group.setLimit(1);
    const end = new Deferred();
    const seen: Record<string, unknown> = {};
    storage.run('task', () => void group.go(() => end.promise));
    const producer = storage.run('producer', async () => {
      await group.go(() => undefined);
      seen['go'] = storage.getStore();
    });
    const waiter = storage.run('waiter', async () => {
      await group.wait();
      seen['wait'] = storage.getStore();
    });
    storage.run('resolver', () => end.resolve());
    await Promise.all([producer, waiter]);
    expect(seen).toEqual({ go: 'producer', wait: 'waiter' });
  });
});

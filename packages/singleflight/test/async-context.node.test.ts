import { AsyncLocalStorage } from 'node:async_hooks';
import { background, withCancelCause } from '@gosync/context';
import { Group } from '@gosync/singleflight';
import { describe, expect, it } from 'vitest';
import { Deferred } from './upstream.ts';

const storage = new AsyncLocalStorage<string>();

describe('Group and AsyncLocalStorage', () => {
  it('runs f in the async context of the caller that began the call', async () => {
    const group = new Group<unknown[]>();
    const gate = new Deferred<void>();
    const f = async () => {
      const before = storage.getStore();
      await gate.promise;
      return [before, storage.getStore()];
    };
    const first = storage.run('first', () => group.do('key', f));
    const second = storage.run('second', () => group.do('key', f));
    storage.run('somebody else', () => gate.resolve());
    expect((await first)[0]).toEqual(['first', 'first']);
    expect((await second)[0]).toEqual(['first', 'first']);
  });

  it('resumes every caller in its own async context', async () => {
    const group = new Group<string>();
    const gate = new Deferred<string>();
    const f = () => gate.promise;
    const resumed = [
      storage.run('do', async () => {
        await group.do('key', f);
        return storage.getStore();
      }),
      storage.run('doChan', async () => {
        await group.doChan('key', f);
        return storage.getStore();
      }),
      storage.run('doContext', async () => {
        await group.doContext(background(), 'key', f);
        return storage.getStore();
      }),
    ];
    storage.run('somebody else', () => gate.resolve('v'));
    expect(await Promise.all(resumed)).toEqual(['do', 'doChan', 'doContext']);
  });

  it('resumes a caller that leaves in its own async context, not in its canceler’s', async () => {
    const group = new Group<string>();
    const [ctx, cancel] = withCancelCause(background());
    const resumed = storage.run('caller', async () => {
      await group.doContext(ctx, 'key', () => new Promise(() => {})).catch(() => {});
      return storage.getStore();
    });
    storage.run('canceler', () => cancel());
    expect(await resumed).toBe('caller');
  });
});

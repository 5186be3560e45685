import { AsyncLocalStorage } from 'node:async_hooks';
import { background, withCancel } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { describe, expect, it } from 'vitest';
import { drain } from '@gosync/testing/microtasks';

const storage = new AsyncLocalStorage<string>();

describe('a waiter', () => {
  it('resumes in its own async context when it is granted, not in that of the releaser', async () => {
    const sem = new Weighted(2);
    sem.tryAcquire(2);
    const seen: unknown[] = [];
    const look = (): unknown => seen.push(storage.getStore());
    storage.run('acquire', () => void sem.acquire().then(look));
    storage.run('permit', () => void sem.permit().then(look));
    storage.run('run', () => void sem.run(look));
    void storage.run('await', async () => {
      await sem.acquire();
      look();
    });
    for (let i = 0; i < 4; i++) {
      storage.run('releaser', () => sem.release());
      await drain();
    }
    expect(seen).toEqual(['acquire', 'permit', 'run', 'await']);
  });

  it('resumes in its own async context when its context ends, not in that of the canceler', async () => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    const [ctx, cancel] = withCancel(background());
    const seen: unknown[] = [];
    for (const name of ['first', 'second']) {
      void storage.run(name, async () => {
        try {
          await sem.acquire(ctx);
        } catch {
          seen.push(storage.getStore());
        }
      });
    }
    storage.run('canceler', cancel);
    await drain();
    expect(seen).toEqual(['first', 'second']);
  });
});

describe('Weighted.run()', () => {
  it('calls its function in the async context of the caller, after a wait and across an await', async () => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    const seen: unknown[] = [];
    const done = storage.run('caller', () =>
      sem.run(async () => {
        seen.push(storage.getStore());
        await drain(1);
        seen.push(storage.getStore());
      }),
    );
    storage.run('releaser', () => sem.release());
    await done;
    expect(seen).toEqual(['caller', 'caller']);
  });
});

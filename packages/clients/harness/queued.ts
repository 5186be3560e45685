import { deepEqual, equal } from 'node:assert/strict';
import { withContext, Group } from '@gosync/errgroup';
import { background, afterFunc, withCancel } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import type { Case } from './case.ts';

/** Something that follows asynchronous calls. */
export interface Follower {
  run<T>(name: string, f: () => T): T;
  current(): string | undefined;
}

/** What has to hold of whatever follows asynchronous calls, also through queues. */
export function queued({ run, current }: Follower): Case['checks'] {
  return {
    'a queued task runs as the caller of go()': async () => {
      const group = new Group();
      group.setLimit(1);
      const seen: (string | undefined)[] = [];
      for (const name of ['first', 'second', 'third']) {
        void run(name, () =>
          group.go(async () => {
            await Promise.resolve();
            seen.push(current());
          }),
        );
      }
      await group.wait();
      deepEqual(seen, ['first', 'second', 'third']);
      equal(current(), undefined);
    },
    'a waiter goes on as itself, not as who releases': async () => {
      const sem = new Weighted(1);
      await sem.acquire();
      const waiter = run('waiter', async () => {
        await sem.acquire();
        return current();
      });
      run('releaser', () => sem.release());
      equal(await waiter, 'waiter');
    },
    'a waiter that is canceled goes on as itself': async () => {
      const sem = new Weighted(0);
      const [ctx, cancel] = withCancel(background());
      const waiter = run('waiter', () => sem.acquire(ctx).catch(() => current()));
      run('canceler', () => cancel());
      equal(await waiter, 'waiter');
    },
    'who waits for a group goes on as itself': async () => {
      const [group, ctx] = withContext(background());
      void run('task', () =>
        group.go(() => new Promise<void>((resolve) => afterFunc(ctx, resolve))),
      );
      const waits = run('waits', () => group.wait().catch(() => current()));
      void run('fails', () => group.go(() => Promise.reject(new Error('enough'))));
      equal(await waits, 'waits');
    },
  };
}

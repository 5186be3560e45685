import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import {
  afterFunc,
  background,
  cause,
  isDeadlineExceeded,
  withCancel,
  withTimeout,
} from '@gosync/context';
import { withContext } from '@gosync/errgroup';
import { Weighted } from '@gosync/semaphore';
import type { Case, Check } from './case.ts';

const group: Check = async () => {
  const [tasks, ctx] = withContext(background());
  tasks.setLimit(2);
  const log: number[] = [];
  for (let i = 0; i < 5; i++) {
    void tasks.go(async () => {
      await Promise.resolve();
      log.push(i);
    });
  }
  await tasks.wait();
  deepEqual(log, [0, 1, 2, 3, 4]);
  ok(ctx.err);
};

const failure: Check = async () => {
  const [tasks, ctx] = withContext(background());
  const reason = new Error('disk full');
  void tasks.go(() => new Promise<void>((resolve) => afterFunc(ctx, resolve)));
  void tasks.go(() => Promise.reject(reason));
  await rejects(tasks.wait(), reason);
  equal(cause(ctx), reason);
};

const semaphore: Check = async () => {
  const sem = new Weighted(1);
  await sem.acquire();
  const [ctx, cancel] = withCancel(background());
  const leaves = sem.acquire(ctx);
  const stays = sem.acquire();
  cancel();
  await rejects(leaves, ctx.err);
  sem.release();
  await stays;
  equal(sem.available, 0);
};

const deadline: Check = async () => {
  const [ctx] = withTimeout(background(), 20);
  await new Promise<void>((resolve) => afterFunc(ctx, resolve));
  ok(isDeadlineExceeded(ctx.err));
};

/** What has to hold whatever has been put in place of the globals. */
export const anyGlobals: Case['checks'] = {
  'a group runs its tasks': group,
  'a group is ended by its first error': failure,
  'a waiter leaves and the next one is granted': semaphore,
  'a deadline ends its context': deadline,
};

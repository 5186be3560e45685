import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import { client } from '../harness/client.ts';

const queue = new PQueue();

export const subject = client({
  library: 'p-queue',
  rejects: { canceled: 'the cause' },
  open: () => ({
    answered: (ctx) => queue.add(() => 'at once', { signal: ctx.signal }),
    silent: (ctx) =>
      queue.add(({ signal }) => sleep(3_600_000, undefined, signal ? { signal } : {}), {
        signal: ctx.signal,
      }),
  }),
});

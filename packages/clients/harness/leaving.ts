import { equal, ok } from 'node:assert/strict';
import { type ContextLike, from, isCanceled } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import type { Case } from './case.ts';
import { Gauge } from './server.ts';

/** What a handler does for a request: it may wait as long as `ctx` lives. */
export type Work = (ctx: ContextLike) => Promise<string>;

/** A server that is being tested. */
export interface Serving {
  readonly port: number;
  close(): unknown;
}

/** The case of a server whose handlers wait for a semaphore, and whose clients leave. */
export function leaving(library: string, listen: (work: Work) => Promise<Serving>): Case {
  // There is no room: every handler waits.
  const sem = new Weighted(1);
  const waiting = new Gauge();
  const errors: unknown[] = [];
  const work: Work = async (ctx) => {
    try {
      const entered = sem.acquire(ctx);
      waiting.add(1);
      await entered;
      sem.release();
      return 'done';
    } catch (error) {
      // The error is the cause, which may be anybody's; the context knows what it means.
      errors.push(from(ctx).err);
      throw error;
    } finally {
      waiting.add(-1);
    }
  };
  let serving: Serving | undefined;
  const url = (): string => `http://127.0.0.1:${serving?.port}/`;

  /** `n` clients that leave while their handlers wait. */
  const leave = async (n: number): Promise<void> => {
    sem.tryAcquire();
    const clients = new AbortController();
    const requests = Array.from({ length: n }, async () =>
      fetch(url(), { signal: clients.signal }),
    );
    await waiting.until((value) => value === n);
    equal(sem.waiting, n);
    clients.abort();
    await Promise.allSettled(requests);
    await waiting.until((value) => value === 0);
    equal(sem.waiting, 0);
    sem.release();
    const found = errors.splice(0);
    equal(found.length, n);
    ok(found.every(isCanceled), String(found));
  };

  return {
    library,
    open: async () => (serving = await listen(work)),
    checks: {
      'a client that stays is answered': async () => {
        const response = await fetch(url());
        equal(await response.text(), 'done');
        equal(errors.length, 0);
      },
      'a client that leaves ends what its handler waits for': () => leave(1),
      'fifteen clients that leave end what their handlers wait for': () => leave(15),
    },
    close: () => serving?.close(),
  };
}

import { equal, ok } from 'node:assert/strict';
import { background, cause, type ContextLike, isCanceled, withCancel } from '@gosync/context';
import { withContext } from '@gosync/errgroup';
import { Weighted } from '@gosync/semaphore';
import type { Case, Check } from './case.ts';

/** What somebody else's `AbortController` has of the platform's. */
interface Controller {
  readonly signal: object;
  abort(): void;
}

/** Anything with these members is taken for a signal, whatever its class. */
function asContext(signal: object): ContextLike {
  if (!('aborted' in signal && 'addEventListener' in signal)) throw new TypeError('no signal');
  // The types know the platform's signals only.
  return signal as AbortSignal;
}

/** How many listeners are on a signal of whatever class: added, and not removed. */
function counted(signal: object): () => number {
  let count = 0;
  for (const [name, change] of [
    ['addEventListener', 1],
    ['removeEventListener', -1],
  ] as const) {
    const f: unknown = Reflect.get(signal, name);
    if (typeof f !== 'function') throw new TypeError(`no ${name}`);
    const wrapped = (...args: unknown[]): unknown => {
      count += change;
      return Reflect.apply(f, signal, args);
    };
    Object.defineProperty(signal, name, { value: wrapped, configurable: true });
  }
  return () => count;
}

/** The checks of signals of another implementation, as parents. */
export function foreign(make: () => Controller): Case['checks'] {
  const waits: Check = async () => {
    const controller = make();
    const listeners = counted(controller.signal);
    const sem = new Weighted(1);
    await sem.acquire();
    const waiters = Array.from({ length: 5 }, () => sem.acquire(asContext(controller.signal)));
    equal(listeners(), 1);
    controller.abort();
    const results = await Promise.allSettled(waiters);
    ok(results.every(({ status }) => status === 'rejected'));
    equal(sem.waiting, 0);
  };
  const released: Check = async () => {
    const controller = make();
    const listeners = counted(controller.signal);
    const sem = new Weighted(1);
    await sem.acquire();
    const waiter = sem.acquire(asContext(controller.signal));
    sem.release();
    await waiter;
    equal(listeners(), 0);
  };
  const below: Check = async () => {
    const controller = make();
    const [ctx] = withCancel(asContext(controller.signal));
    const [group, own] = withContext(ctx);
    const ended = new Promise((resolve) => own.signal.addEventListener('abort', resolve));
    void group.go(() => ended);
    controller.abort();
    await group.wait();
    ok(isCanceled(ctx.err), String(ctx.err));
    equal(cause(own), cause(ctx));
  };
  const before: Check = async () => {
    const controller = make();
    controller.abort();
    const [ctx] = withCancel(asContext(controller.signal));
    ok(isCanceled(ctx.err), String(ctx.err));
    const error: unknown = await new Weighted(1).acquire(ctx).catch((reason: unknown) => reason);
    equal(error, cause(ctx));
    equal(background().err, undefined);
  };
  return {
    'ends what waits under its signal, with one listener': waits,
    'has no listener left when the last waiter is gone': released,
    'ends what is derived from its signal': below,
    'has ended what is derived from it when it was aborted before': before,
  };
}

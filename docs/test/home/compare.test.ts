import { afterFunc, background, type Context, withCancel, withCancelCause } from '@gosync/context';
import { withContext } from '@gosync/errgroup';
import { Weighted } from '@gosync/semaphore';
import { Group } from '@gosync/singleflight';
import { Semaphore as AsyncSemaphore } from 'async-mutex';
import { Effect, Fiber, Semaphore as EffectSemaphore } from 'effect';
import { setImmediate as settled } from 'node:timers/promises';
import pMap from 'p-map';
import PQueue from 'p-queue';
import { describe, expect, it } from 'vitest';
import { type Column, columns, type RowName, rows } from '../../.vitepress/theme/home/compare.ts';

/** Whether the claim of a row is true of a column. */
type Check = () => Promise<boolean>;

/** A task that goes on until it is told to stop, and then takes one turn more. */
class Endless {
  told = false;
  running = false;

  readonly run = (signal?: AbortSignal): Promise<void> => {
    this.running = true;
    return new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => {
        this.told = true;
        setTimeout(() => {
          this.running = false;
          reject(signal.reason);
        }, 1);
      });
    });
  };
}

const fail = (): Promise<never> => Promise.reject(new Error('failed'));

/** Runs an endless task beside one that fails, until the call has rejected. */
async function besideOneThatFails(
  call: (run: (signal?: AbortSignal) => Promise<void>) => PromiseLike<unknown>,
): Promise<Endless & { rejected: boolean; runningThen: boolean }> {
  const task = new Endless();
  const seen = Object.assign(task, { rejected: false, runningThen: false });
  try {
    await call(task.run);
  } catch {
    seen.rejected = true;
    seen.runningThen = task.running;
  }
  return seen;
}

const groupWith = async (run: (signal?: AbortSignal) => Promise<void>): Promise<void> => {
  const [group] = withContext(background());
  void group.go((ctx) => run(ctx.signal));
  void group.go(fail);
  await group.wait();
};
const effectWith = (run: (signal?: AbortSignal) => Promise<void>): Promise<unknown> =>
  Effect.runPromise(
    Effect.all(
      [
        Effect.tryPromise((signal) => run(signal)),
        Effect.sleep(1).pipe(Effect.andThen(Effect.fail('failed'))),
      ],
      { concurrency: 'unbounded' },
    ),
  );
const pMapWith = (run: (signal?: AbortSignal) => Promise<void>): Promise<unknown> =>
  pMap([run, fail], (f) => f());
const pQueueWith = (run: (signal?: AbortSignal) => Promise<void>): Promise<unknown> =>
  new PQueue().addAll([({ signal }) => run(signal), fail]);

type Calls = Partial<Record<Column, typeof groupWith | typeof effectWith>>;
const calls: Calls = {
  gosync: groupWith,
  effect: effectWith,
  'p-map': pMapWith,
  'p-queue': pQueueWith,
};

function eachCall(holds: (seen: Awaited<ReturnType<typeof besideOneThatFails>>) => boolean) {
  return Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [
      name,
      async () => holds(await besideOneThatFails(call)),
    ]),
  );
}

/** Whether what `wait` makes of a signal rejects with the very reason that the signal is aborted with. */
async function rejectsWithReason(
  wait: (signal: AbortSignal) => Promise<unknown>,
): Promise<boolean> {
  const controller = new AbortController();
  const reason = new Error('the reason');
  const waiting = wait(controller.signal).then(
    () => undefined,
    (err: unknown) => err,
  );
  await settled();
  controller.abort(reason);
  return (await waiting) === reason;
}

/** Fills a semaphore of 2, asks for 2 and then for 1, gives 1 back, and sees that the 1 is not served first. */
async function keepsOrder(
  acquire: (n: number) => Promise<unknown>,
  release: (n: number) => unknown,
): Promise<boolean> {
  const served: number[] = [];
  await acquire(2);
  void acquire(2).then(() => served.push(2));
  void acquire(1).then(() => served.push(1));
  await settled();
  release(1);
  await settled();
  await settled();
  return !served.includes(1);
}

const never = (): Promise<never> => new Promise<never>(() => {});

const checks: Record<RowName, Partial<Record<Column, Check>>> = {
  told: eachCall(({ told }) => told),
  waits: eachCall(({ rejected, runningThen }) => rejected && !runningThen),
  reason: {
    gosync: () => rejectsWithReason((signal) => new Weighted(0).acquire(signal)),
    effect: () => rejectsWithReason((signal) => Effect.runPromise(Effect.never, { signal })),
    'p-map': () => rejectsWithReason((signal) => pMap([1], never, { signal })),
    'p-queue': () =>
      rejectsWithReason((signal) => {
        const queue = new PQueue({ concurrency: 1 });
        void queue.add(never);
        return queue.add(never, { signal });
      }),
    any: () =>
      rejectsWithReason(
        (signal) =>
          new Promise((_resolve, reject) => {
            const any = AbortSignal.any([signal]);
            any.addEventListener('abort', () => reject(any.reason));
          }),
      ),
  },
  leave: {
    gosync: async () => {
      const sem = new Weighted(1);
      await sem.acquire();
      const [ctx, cancel] = withCancel(background());
      const left = sem.acquire(ctx).catch(() => 'left');
      cancel();
      return (await left) === 'left' && sem.waiting === 0;
    },
    effect: () =>
      Effect.runPromise(
        Effect.gen(function* () {
          const sem = yield* EffectSemaphore.make(1);
          yield* sem.take(1);
          const waiter = yield* Effect.forkChild(sem.take(1));
          yield* Effect.sleep(1);
          yield* Fiber.interrupt(waiter);
          yield* sem.release(1);
          return yield* sem.takeIfAvailable(1);
        }),
      ),
    'p-queue': async () => {
      const queue = new PQueue({ concurrency: 1 });
      void queue.add(never);
      const controller = new AbortController();
      const left = queue.add(never, { signal: controller.signal }).catch(() => 'left');
      controller.abort();
      return (await left) === 'left' && queue.size === 0;
    },
    // Its one way out of the queue is for all waiters at once.
    'async-mutex': async () => {
      const sem = new AsyncSemaphore(1);
      await sem.acquire();
      const left: number[] = [];
      for (const i of [1, 2]) void sem.acquire().catch(() => left.push(i));
      sem.cancel();
      await settled();
      return left.length === 1;
    },
  },
  large: {
    gosync: () => {
      const sem = new Weighted(2);
      return keepsOrder(
        (n) => sem.acquire(n),
        (n) => sem.release(n),
      );
    },
    effect: () => {
      const sem = EffectSemaphore.makeUnsafe(2);
      return keepsOrder(
        (n) => Effect.runPromise(sem.take(n)),
        (n) => Effect.runPromise(sem.release(n)),
      );
    },
    'async-mutex': () => {
      const sem = new AsyncSemaphore(2);
      return keepsOrder(
        (n) => sem.acquire(n),
        (n) => sem.release(n),
      );
    },
  },
  excess: {
    gosync: async () => {
      try {
        new Weighted(1).release();
        return false;
      } catch {
        return true;
      }
    },
    effect: () =>
      Effect.runPromise(EffectSemaphore.makeUnsafe(1).release(1)).then(
        () => false,
        () => true,
      ),
    'async-mutex': async () => {
      try {
        new AsyncSemaphore(1).release();
        return false;
      } catch {
        return true;
      }
    },
  },
  shared: {
    gosync: async () => {
      const flights = new Group<string>();
      const canceled: string[] = [];
      let begun = 0;
      const load = (ctx: Context): Promise<string> => {
        begun++;
        afterFunc(ctx, () => canceled.push('the call'));
        return never();
      };
      const callers = [withCancelCause(background()), withCancelCause(background())];
      for (const [ctx] of callers) void flights.doContext(ctx, 'key', load).catch(() => {});
      callers[0]?.[1]();
      const early = canceled.length;
      callers[1]?.[1]();
      return begun === 1 && early === 0 && canceled.length === 1;
    },
  },
  priority: {
    'p-queue': async () => {
      const order: string[] = [];
      const queue = new PQueue({ concurrency: 1, autoStart: false });
      const all = [
        queue.add(() => order.push('low'), { priority: 0 }),
        queue.add(() => order.push('high'), { priority: 1 }),
      ];
      queue.start();
      await Promise.all(all);
      return order[0] === 'high';
    },
    'async-mutex': async () => {
      const order: string[] = [];
      const sem = new AsyncSemaphore(1);
      await sem.acquire();
      void sem.acquire(1, 0).then(() => order.push('low'));
      void sem.acquire(1, 1).then(() => order.push('high'));
      sem.release();
      await settled();
      return order[0] === 'high';
    },
  },
};

const names = <T extends string>(record: Readonly<Record<T, unknown>>): T[] =>
  Object.keys(record).filter((name): name is T => name in record);

describe('the comparison of the home page', () => {
  for (const row of names(rows)) {
    for (const column of names(columns)) {
      const { text, cells } = rows[row];
      const cell = cells[column];
      it(`says of ${columns[column]} what is so: ${text}: ${cell}`, async () => {
        const check = checks[row][column];
        expect((await check?.()) ?? 'none').toBe(cell === 'none' ? 'none' : cell === 'yes');
      });
    }
  }
});

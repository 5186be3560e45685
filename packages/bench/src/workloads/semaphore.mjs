import { background, withCancel, withTimeout } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { each } from '../contenders.mjs';
import { row } from '../row.mjs';
/** @import { Context } from '@gosync/context' */

const turn = Promise.resolve();
const nothing = () => {};

/** @param {number} [size] */
const gosync = (size = 1) => new Weighted(size);
/** @param {number} [size] */
const esToolkit = async (size = 1) => new (await import('es-toolkit')).Semaphore(size);
/** @param {number} [size] */
const asyncSema = async (size = 1) => new (await import('async-sema')).Sema(size);
/** @param {number} [size] */
const asyncMutex = async (size = 1) => new (await import('async-mutex')).Semaphore(size);
/** @param {number} [size] */
const radashi = async (size = 1) => new (await import('radashi')).Semaphore(size);

const semaphoreNew = row({
  id: 'semaphore-new',
  title: '`new Weighted(128)`',
  per: 'semaphore',
  unit: 'ns',
  n: 200_000,
  go: 'SemaphoreNew',
  targets: [],
  contenders: each(
    (n, /** @type {() => boolean} */ isNew) => () => {
      let done = 0;
      for (let i = 0; i < n; i++) if (isNew()) done++;
      return done;
    },
    {
      gosync: () => () => new Weighted(128).tryAcquire(128),
      'es-toolkit': async () => {
        const { Semaphore } = await import('es-toolkit');
        return () => new Semaphore(128).available === 128;
      },
      'async-mutex': async () => {
        const { Semaphore } = await import('async-mutex');
        return () => new Semaphore(128).getValue() === 128;
      },
    },
  ),
});

/**
 * @param {number} n
 * @param {{ acquire: () => Promise<unknown>, release: () => void }} semaphore
 */
const acquireLoop = (n, semaphore) => async () => {
  let done = 0;
  for (let i = 0; i < n; i++) {
    await semaphore.acquire();
    done++;
    semaphore.release();
  }
  return done;
};

/**
 * An `await` is what no semaphore with promises can do without.
 * @param {number} n
 */
const awaitLoop = (n) => async () => {
  let done = 0;
  for (let i = 0; i < n; i++) {
    await turn;
    done++;
  }
  return done;
};

const acquireFree = row({
  id: 'acquire-free',
  title: '`await acquire(); release()`, free',
  per: 'acquire',
  unit: 'ns',
  n: 500_000,
  go: 'AcquireFree',
  targets: [
    { than: 'floor', atMost: 1.2 },
    { than: 'peer', atMost: 0.9 },
  ],
  why: 'The `await`, which everybody pays, is most of the time of the fastest package.',
  contenders: {
    ...each(acquireLoop, {
      gosync: () => gosync(),
      'es-toolkit': () => esToolkit(),
      'async-sema': () => asyncSema(),
      'async-mutex': () => asyncMutex(),
    }),
    floor: awaitLoop,
  },
});

/**
 * @param {number} n
 * @param {Context} ctx
 */
const acquireUnder = (n, ctx) => {
  const semaphore = gosync();
  return async () => {
    let done = 0;
    for (let i = 0; i < n; i++) {
      await semaphore.acquire(ctx);
      done++;
      semaphore.release();
    }
    return done;
  };
};

const acquireFreeContext = row({
  id: 'acquire-free-context',
  title: '`await acquire(ctx); release()`, free, live context',
  per: 'acquire',
  unit: 'ns',
  n: 500_000,
  go: 'AcquireFreeContext',
  targets: [
    { than: 'floor', atMost: 1.2 },
    { than: 'peer', atMost: 0.9 },
  ],
  why: 'The fastest package does not look at a context at all.',
  contenders: {
    gosync: (n) => acquireUnder(n, withCancel(background())[0]),
    floor: awaitLoop,
    // The only one of the fast peers' kind that takes a signal. It leaves a listener behind each time, so that
    // its time grows with `n`; a new signal for every 10 keeps that out of the comparison.
    radashi: async (n) => {
      const semaphore = await radashi();
      return async () => {
        let done = 0;
        for (let i = 0; i < n / 10; i++) {
          const { signal } = new AbortController();
          for (let j = 0; j < 10; j++) {
            const permit = await semaphore.acquire({ signal });
            done++;
            permit.release();
          }
        }
        return done;
      };
    },
    // Takes no context: what it would be without one.
    'es-toolkit (no context)': async (n) => acquireLoop(n, await esToolkit()),
  },
});

const acquireFreeDeadline = row({
  id: 'acquire-free-deadline',
  title: '`await acquire(ctx); release()`, free, live deadline',
  per: 'acquire',
  unit: 'ns',
  n: 500_000,
  targets: [{ than: 'gosync, no deadline', atMost: 1.6 }],
  why: 'A deadline is asked whether it has passed, also in a loop that lets no timer run.',
  contenders: each(acquireUnder, {
    gosync: () => withTimeout(background(), 3_600_000)[0],
    'gosync, no deadline': () => withCancel(background())[0],
  }),
});

const permitFree = row({
  id: 'permit-free',
  title: '`const p = await permit(); p.release()`, free',
  per: 'permit',
  unit: 'ns',
  n: 500_000,
  targets: [{ than: 'peer', atMost: 0.7 }],
  why: 'The floor, a new object and a promise for it, takes most of the time of the fastest package.',
  contenders: {
    ...each(
      (n, /** @type {() => Promise<{ release: () => void }>} */ permit) => async () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          const held = await permit();
          done++;
          held.release();
        }
        return done;
      },
      {
        gosync: () => {
          const semaphore = gosync();
          return () => semaphore.permit();
        },
        radashi: async () => {
          const semaphore = await radashi();
          return () => semaphore.acquire();
        },
      },
    ),
    // Hands out a function, not an object.
    'async-mutex': async (n) => {
      const semaphore = await asyncMutex();
      return async () => {
        let done = 0;
        for (let i = 0; i < n; i++) {
          const [, release] = await semaphore.acquire();
          done++;
          release();
        }
        return done;
      };
    },
    // A permit that may be released twice is a new object each time, and so is the promise for it.
    floor: (n) => async () => {
      let done = 0;
      for (let i = 0; i < n; i++) {
        const permit = await Promise.resolve({ n: 1 });
        done += permit.n;
      }
      return done;
    },
  },
});

const tryAcquire = row({
  id: 'try-acquire',
  title: '`tryAcquire(); release()`',
  per: 'acquire',
  unit: 'ns',
  n: 5_000_000,
  go: 'TryAcquire',
  targets: [{ than: 'go', atMost: 0.4 }],
  contenders: each(
    (n, /** @type {{ tryAcquire: () => unknown, release: () => void }} */ semaphore) => () => {
      let done = 0;
      for (let i = 0; i < n; i++) {
        if (semaphore.tryAcquire()) done++;
        semaphore.release();
      }
      return done;
    },
    { gosync: () => gosync(), 'async-sema': () => asyncSema() },
  ),
});

/**
 * `workers` at once, each of which runs `round` until all together have run it `n` times.
 * @param {number} n
 * @param {number} workers
 * @param {(worker: number) => Promise<void>} round
 */
async function crowd(n, workers, round) {
  const work = async (/** @type {unknown} */ _, /** @type {number} */ worker) => {
    for (let i = 0; i < n / workers; i++) await round(worker);
  };
  await Promise.all(Array.from({ length: workers }, work));
}

const contended = row({
  id: 'contended',
  title: '1,000 workers, 1 permit, each holds it across one `await`',
  per: 'acquire',
  unit: 'ns',
  n: 20_000,
  go: 'Contended',
  targets: [
    { than: 'peer', atMost: 0.9 },
    { than: 'go', atMost: 0.6 },
  ],
  why: 'The floor, promises handed on without any semaphore, takes most of the time of the fastest package; ours adds one object for each waiter.',
  contenders: {
    ...each(
      (n, /** @type {{ acquire: () => Promise<unknown>, release: () => void }} */ semaphore) =>
        async () => {
          let done = 0;
          await crowd(n, 1000, async () => {
            await semaphore.acquire();
            await turn;
            done++;
            semaphore.release();
          });
          return done;
        },
      {
        gosync: () => gosync(),
        'es-toolkit': () => esToolkit(),
        'async-sema': () => asyncSema(),
        'async-mutex': () => asyncMutex(),
      },
    ),
    // Each waits for a promise of its own, which the one before it resolves.
    floor: (n) => async () => {
      let done = 0;
      let last = Promise.resolve();
      await crowd(n, 1000, async () => {
        const before = last;
        /** @type {() => void} */
        let pass = nothing;
        last = new Promise((resolve) => (pass = resolve));
        await before;
        await turn;
        done++;
        pass();
      });
      return done;
    },
  },
});

const weighted = row({
  id: 'weighted',
  title: '200 workers, weights 1–5 of 10, all under one context',
  per: 'acquire',
  unit: 'ns',
  n: 20_000,
  go: 'Weighted',
  targets: [
    { than: 'peer', atMost: 0.75 },
    { than: 'go', atMost: 0.7 },
  ],
  why: 'As for `contended`: a promise and an object for each waiter, and the look at its context before it is granted.',
  contenders: each(
    (
      n,
      /** @type {{ acquire: (weight: number) => Promise<unknown>, release: (weight: number) => void }} */ semaphore,
    ) =>
      async () => {
        let done = 0;
        await crowd(n, 200, async (worker) => {
          const weight = 1 + (worker % 5);
          await semaphore.acquire(weight);
          await turn;
          done++;
          semaphore.release(weight);
        });
        return done;
      },
    {
      gosync: () => {
        const semaphore = gosync(10);
        const [ctx] = withCancel(background());
        return {
          acquire: (weight) => semaphore.acquire(ctx, weight),
          release: (weight) => semaphore.release(weight),
        };
      },
      // Takes no context.
      'async-mutex': () => asyncMutex(10),
    },
  ),
});

/**
 * Starts `n` waiters, then aborts, and waits until every one of them has been turned away.
 * @param {number} n
 * @param {() => { wait: () => Promise<unknown>, abort: () => void }} begin
 */
const turnAway = (n, begin) => async () => {
  let rejected = 0;
  const { wait, abort } = begin();
  const waiter = async () => {
    try {
      await wait();
    } catch {
      rejected++;
    }
  };
  const waiters = Array.from({ length: n }, waiter);
  abort();
  await Promise.all(waiters);
  return rejected;
};

/** @param {(signal: AbortSignal) => Promise<unknown>} wait */
const underOneSignal = (wait) => () => {
  const controller = new AbortController();
  const { signal } = controller;
  return { wait: () => wait(signal), abort: () => controller.abort() };
};

const abortWaiters = row({
  id: 'abort-waiters',
  title: '20,000 waiters on one `AbortSignal`, then abort',
  per: 'waiter',
  unit: 'ns',
  n: 20_000,
  go: 'AbortWaiters',
  targets: [
    { than: 'peer', atMost: 0.2 },
    { than: 'go', atMost: 1 },
  ],
  why: 'Each waiter is a promise to reject and an `async` function to resume, as the floor shows.',
  contenders: each(turnAway, {
    gosync: () => {
      const semaphore = gosync();
      semaphore.tryAcquire();
      return underOneSignal((signal) => semaphore.acquire(signal));
    },
    // No semaphore, no listener: a promise for each, rejected one after the other.
    floor: () => () => {
      /** @type {((reason: unknown) => void)[]} */
      const queue = [];
      return {
        wait: () => new Promise((_, reject) => queue.push(reject)),
        abort: () => {
          const reason = new DOMException('This operation was aborted', 'AbortError');
          for (const reject of queue) reject(reason);
        },
      };
    },
    'p-queue': async () => {
      const { default: PQueue } = await import('p-queue-10');
      const queue = new PQueue({ concurrency: 1 });
      void queue.add(() => new Promise(() => {}));
      return underOneSignal((signal) => queue.add(() => {}, { signal }));
    },
    radashi: async () => {
      const semaphore = await radashi();
      await semaphore.acquire();
      return underOneSignal((signal) => semaphore.acquire({ signal }));
    },
  }),
});

export const rows = [
  semaphoreNew,
  acquireFree,
  acquireFreeContext,
  acquireFreeDeadline,
  permitFree,
  tryAcquire,
  contended,
  weighted,
  abortWaiters,
];

import { upstream } from './upstream.mjs';

/**
 * Answers one request; `onLeave` takes what is to be called when the client leaves before the answer.
 * @typedef {(key: string, onLeave: (f: () => void) => void) => Promise<string>} Answer
 */

/** How long a request may take, and how many calls go upstream at once. */
const patience = 1000;
const units = 256;

/**
 * The gateways, each of which gives a request a deadline, a flight for its key, and a unit of a semaphore; but for
 * `bare`, which does none of it.
 * @type {{ readonly [name: string]: () => Promise<Answer> }}
 */
export const gateways = {
  bare: async () => (key) => upstream(key),

  gosync: async () => {
    const { background, withTimeout } = await import('@gosync/context');
    const { Weighted } = await import('@gosync/semaphore');
    const { Group } = await import('@gosync/singleflight');
    const semaphore = new Weighted(units);
    /** @type {InstanceType<typeof Group<string>>} */
    const flights = new Group();
    return async (key, onLeave) => {
      const [ctx, cancel] = withTimeout(background(), patience);
      onLeave(cancel);
      try {
        const [body] = await flights.doContext(ctx, key, (flight) =>
          semaphore.run(flight, () => upstream(key, flight.signal)),
        );
        return body;
      } finally {
        cancel();
      }
    };
  },

  // A shared call cannot be left by one of its callers, so it has the deadline, and each caller its own signal.
  'p-queue, p-memoize': async () => {
    const { default: PQueue } = await import('p-queue-10');
    const { default: pMemoize } = await import('p-memoize');
    const queue = new PQueue({ concurrency: units });
    const flight = pMemoize(
      (/** @type {string} */ key) => {
        const signal = AbortSignal.timeout(patience);
        return queue.add(() => upstream(key, signal), { signal });
      },
      { cache: false },
    );
    return (key, onLeave) => {
      const left = new AbortController();
      onLeave(() => left.abort());
      const signal = AbortSignal.any([left.signal, AbortSignal.timeout(patience)]);
      return new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        flight(key).then(resolve, reject);
      });
    };
  },

  effect: async () => {
    const { Effect, Fiber, Semaphore } = await import('effect');
    const semaphore = Semaphore.makeUnsafe(units);
    /** @typedef {{ readonly fiber: ReturnType<typeof Effect.runFork<string, unknown>>, callers: number }} Flight */
    /** @type {Map<string, Flight>} */
    const flights = new Map();
    /** @param {string} key */
    const begin = (key) => {
      const call = Effect.tryPromise((signal) => upstream(key, signal));
      const ended = Effect.sync(() => void flights.delete(key));
      const fiber = Effect.runFork(semaphore.withPermit(call).pipe(Effect.ensuring(ended)));
      const flight = { fiber, callers: 0 };
      flights.set(key, flight);
      return flight;
    };
    return (key, onLeave) => {
      const flight = flights.get(key) ?? begin(key);
      flight.callers++;
      const leave = Effect.suspend(() =>
        --flight.callers === 0 ? Fiber.interrupt(flight.fiber) : Effect.void,
      );
      const left = new AbortController();
      onLeave(() => left.abort());
      return Effect.runPromise(
        Fiber.join(flight.fiber).pipe(Effect.timeout(patience), Effect.ensuring(leave)),
        { signal: left.signal },
      );
    };
  },
};

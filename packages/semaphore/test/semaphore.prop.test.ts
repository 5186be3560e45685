import {
  afterFunc,
  background,
  type ContextLike,
  from,
  withCancelCause,
  withValue,
} from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { foreignContext, HalfSignal } from './hostile.ts';
import { drain } from '@gosync/testing/microtasks';
import { Model } from './model.ts';
import { runs } from './runs.ts';

/** What a callback on a context that ends may do, too. */
type Now = { readonly does: 'tryAcquire' | 'release' | 'resize'; readonly n: number };

type Step =
  | Now
  | { readonly does: 'acquire' | 'permit'; readonly n: number; readonly ctx: number | undefined }
  | { readonly does: 'cancel'; readonly ctx: number; readonly inCallback: readonly Now[] }
  | { readonly does: 'break' }
  | { readonly does: 'drain'; readonly turns: number };

const weight = fc.integer({ min: 0, max: 12 });
const small = fc.integer({ min: 0, max: 4 });
const context = fc.nat(7);
const now: fc.Arbitrary<Now> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ does: fc.constant('tryAcquire'), n: weight }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('release'), n: small }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('resize'), n: fc.nat(8) }) },
);
const request = { ctx: fc.option(context, { nil: undefined }) };
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constantFrom('acquire', 'permit'), n: small, ...request }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('acquire'), n: weight, ...request }) },
  { weight: 7, arbitrary: now },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('cancel'),
      ctx: context,
      inCallback: fc.array(now, { maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('drain'), turns: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.constant({ does: 'break' }) },
);

/** The context that throws when it is asked, once it is broken. */
const breakable = 5;

/** Contexts of each kind that a program may hand in, with what ends them. */
function openContexts(
  isBroken: () => boolean,
): [ctx: ContextLike, cancel: (cause: string) => void][] {
  const [own, cancelOwn] = withCancelCause(background());
  const [parent, cancelParent] = withCancelCause(background());
  const [wrapped, cancelWrapped] = withCancelCause(background());
  const half = new HalfSignal();
  const plain = new AbortController();
  const bridged = new AbortController();
  const breaking = new AbortController();
  const frozen = new AbortController();
  return [
    [own, cancelOwn],
    [withValue(parent, 'key', 1), cancelParent],
    [plain, (cause) => plain.abort(cause)],
    // Decorators, as for tracing: around a context of ours, and around one of a foreign signal.
    [foreignContext(() => wrapped.signal), cancelWrapped],
    [foreignContext(() => from(bridged).signal), (cause) => bridged.abort(cause)],
    [
      foreignContext(() => {
        if (isBroken()) throw new Error('gone');
        return breaking.signal;
      }),
      (cause) => breaking.abort(cause),
    ],
    [half, (cause) => half.abort(cause)],
    [Object.freeze({ signal: frozen.signal }), (cause) => frozen.abort(cause)],
  ];
}

/** The real thing, answering in the words of the model. */
class Real {
  readonly outcomes: string[] = [];
  /** The requests in the order in which they heard that they were granted. */
  readonly granted: number[] = [];
  readonly sem: Weighted;
  isBroken = false;
  private readonly contexts = openContexts(() => this.isBroken);
  private inCallback: () => void = () => undefined;

  constructor(size: number) {
    this.sem = new Weighted(size);
    for (const [ctx] of this.contexts) afterFunc(ctx, () => this.inCallback());
  }

  acquire(does: 'acquire' | 'permit', n: number, ctx: number | undefined): void {
    const parent = this.contexts[ctx ?? -1]?.[0] ?? background();
    const index = this.outcomes.push('pending') - 1;
    this.sem[does](parent, n).then(
      () => this.heard(index, 'granted'),
      (reason: unknown) =>
        this.heard(index, reason instanceof RangeError ? 'RangeError' : String(reason)),
    );
  }

  private heard(index: number, outcome: string): void {
    this.outcomes[index] = outcome;
    if (outcome === 'granted') this.granted.push(index);
  }

  tryAcquire(n: number): boolean {
    return this.sem.tryAcquire(n);
  }

  release(n: number): string {
    try {
      this.sem.release(n);
      return 'released';
    } catch (error) {
      return String(error).replace('RangeError: semaphore: ', '');
    }
  }

  resize(n: number): void {
    this.sem.resize(n);
  }

  cancel(ctx: number, inCallback: () => void): void {
    this.inCallback = inCallback;
    this.contexts[ctx]?.[1](`cause ${ctx}`);
  }
}

function attempt(f: () => void): void {
  try {
    f();
  } catch {
    // As told.
  }
}

/** Takes a step on both sides and returns what either answered. */
async function take(step: Step, real: Real, model: Model): Promise<[unknown, unknown]> {
  switch (step.does) {
    case 'acquire':
    case 'permit':
      return [real.acquire(step.does, step.n, step.ctx), model.acquire(step.n, step.ctx)];
    case 'cancel': {
      const answers: [unknown[], unknown[]] = [[], []];
      real.cancel(step.ctx, () => {
        for (const { does, n } of step.inCallback) answers[0].push(real[does](n));
      });
      model.cancel(step.ctx, () => {
        for (const { does, n } of step.inCallback) answers[1].push(model[does](n));
      });
      return answers;
    }
    case 'break':
      real.isBroken = true;
      model.broken.add(breakable);
      return [undefined, undefined];
    case 'drain':
      return [await drain(step.turns), undefined];
    default:
      return [real[step.does](step.n), model[step.does](step.n)];
  }
}

describe('Weighted', () => {
  beforeEach(() => {
    // What a signal throws that no listener can be taken off from is reported there.
    const { queueMicrotask: native } = globalThis;
    vi.stubGlobal('queueMicrotask', (f: () => void) => native(() => attempt(f)));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it(
    'does what a naive model does, step by step, under contexts that end, throw and come back',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(8), fc.array(anyStep, { maxLength: 60 }), async (size, steps) => {
          const real = new Real(size);
          const model = new Model(size);
          for (const step of steps) {
            const [answer, expected] = await take(step, real, model);
            expect(answer).toEqual(expected);
            const { sem } = real;
            expect([sem.size, sem.available, sem.waiting]).toEqual([
              model.size,
              model.available,
              model.pending.length,
            ]);
          }
          await drain();
          expect(real.outcomes).toEqual(model.requests.map(({ outcome }) => outcome));
          expect(real.granted).toEqual(
            model.granted.map((granted) => model.requests.indexOf(granted)),
          );
        }),
        { numRuns: runs(300) },
      );
    },
    runs(300) > 300 ? 3_600_000 : undefined,
  );
});

describe('Weighted', () => {
  it('grants queued requests in the order of arrival, whatever their weights', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 200 }),
        async (size, weights, releases) => {
          const sem = new Weighted(size);
          sem.tryAcquire(size);
          const fitting = weights.map((n) => Math.min(n, size));
          const heard: number[] = [];
          fitting.forEach((n, i) => void sem.acquire(n).then(() => heard.push(i)));
          for (const n of releases) {
            sem.release(Math.min(n, sem.size - sem.available));
            if (n === 4) await drain(2);
          }
          await drain();
          expect(heard).toEqual(fitting.slice(0, fitting.length - sem.waiting).map((_, i) => i));
        },
      ),
    );
  });

  it('conserves its units: when all is released and nobody waits, all are available', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.tuple(fc.nat(6), fc.boolean(), fc.nat(8), fc.nat(12)), { maxLength: 40 }),
        fc.scheduler(),
        async (size, tasks, scheduler) => {
          const sem = new Weighted(size);
          let held = 0;
          let peak = 0;
          const running = tasks.map(async ([wanted, fails, start, cancelAt]) => {
            const n = Math.min(wanted, size);
            const [ctx, cancel] = withCancelCause(background());
            await scheduler.schedule(Promise.resolve(), `start ${start}`);
            void drain(cancelAt).then(() => cancel('late'));
            await sem.run(ctx, n, async () => {
              held += n;
              peak = Math.max(peak, held);
              await scheduler.schedule(Promise.resolve(), `work ${n}`);
              held -= n;
              if (fails) throw new Error('task');
            });
          });
          const settled = Promise.allSettled(running);
          await scheduler.waitFor(settled);
          expect(peak).toBeLessThanOrEqual(size);
          expect([sem.available, sem.waiting, held]).toEqual([size, 0, 0]);
        },
      ),
    );
  });
});

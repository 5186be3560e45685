import { background, withCancelCause } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drain } from './microtasks.ts';

interface Request {
  readonly n: number;
  readonly ctx: number | undefined;
  /** What has become of it. */
  outcome: string;
}

/** A semaphore as one would write it down: it looks at everything, all the time. */
class Model {
  readonly requests: Request[] = [];
  readonly granted: Request[] = [];
  readonly done = new Set<number>();
  queue: Request[] = [];
  held = 0;
  readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  tryAcquire(n: number): boolean {
    const fits = this.queue.length === 0 && this.held + n <= this.size;
    if (fits) this.held += n;
    return fits;
  }

  acquire(n: number, ctx: number | undefined): void {
    const request: Request = { n, ctx, outcome: 'pending' };
    this.requests.push(request);
    if (ctx !== undefined && this.done.has(ctx)) request.outcome = `cause ${ctx}`;
    else if (this.tryAcquire(n)) this.grant(request);
    else if (n <= this.size) this.queue.push(request);
    else if (ctx === undefined) request.outcome = 'RangeError';
  }

  release(n: number): string {
    if (n > this.held) return `released more than held: ${n} of ${this.held}`;
    this.held -= n;
    this.letIn();
    return 'released';
  }

  cancel(ctx: number): void {
    this.done.add(ctx);
    for (const request of this.requests) {
      if (request.ctx === ctx && request.outcome === 'pending') request.outcome = `cause ${ctx}`;
    }
    this.queue = this.queue.filter((request) => request.ctx !== ctx);
    this.letIn();
  }

  private letIn(): void {
    while (this.queue[0] && this.held + this.queue[0].n <= this.size) {
      const [first] = this.queue.splice(0, 1);
      if (!first) return;
      this.held += first.n;
      this.grant(first);
    }
  }

  private grant(request: Request): void {
    request.outcome = 'granted';
    this.granted.push(request);
  }
}

type Step =
  | { readonly does: 'acquire' | 'permit'; readonly n: number; readonly ctx: number | undefined }
  | { readonly does: 'tryAcquire' | 'release'; readonly n: number }
  | { readonly does: 'cancel'; readonly ctx: number }
  | { readonly does: 'drain'; readonly turns: number };

const contexts = 3;
const weight = fc.integer({ min: 0, max: 12 });
const small = fc.integer({ min: 0, max: 4 });
const context = fc.option(fc.nat(contexts - 1), { nil: undefined });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constantFrom('acquire', 'permit'), n: small, ctx: context }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('acquire'), n: weight, ctx: context }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('tryAcquire'), n: weight }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('release'), n: small }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('cancel'), ctx: fc.nat(contexts - 1) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('drain'), turns: fc.nat(3) }) },
);

/** The real thing, answering in the words of the model. */
class Real {
  readonly outcomes: string[] = [];
  /** The requests in the order in which they heard that they were granted. */
  readonly granted: number[] = [];
  readonly sem: Weighted;
  private readonly contexts = Array.from({ length: contexts }, () => withCancelCause(background()));

  constructor(size: number) {
    this.sem = new Weighted(size);
  }

  acquire(does: 'acquire' | 'permit', n: number, ctx: number | undefined): void {
    const parent = this.contexts[ctx ?? contexts]?.[0] ?? background();
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

  release(n: number): string {
    try {
      this.sem.release(n);
      return 'released';
    } catch (error) {
      return String(error).replace('RangeError: semaphore: ', '');
    }
  }

  cancel(ctx: number): void {
    this.contexts[ctx]?.[1](`cause ${ctx}`);
  }
}

/** Takes a step on both sides and returns what either answered. */
async function take(step: Step, real: Real, model: Model): Promise<[unknown, unknown]> {
  switch (step.does) {
    case 'acquire':
    case 'permit':
      return [real.acquire(step.does, step.n, step.ctx), model.acquire(step.n, step.ctx)];
    case 'tryAcquire':
      return [real.sem.tryAcquire(step.n), model.tryAcquire(step.n)];
    case 'release':
      return [real.release(step.n), model.release(step.n)];
    case 'cancel':
      return [real.cancel(step.ctx), model.cancel(step.ctx)];
    default:
      return [await drain(step.turns), undefined];
  }
}

describe('Weighted', () => {
  it('does what a naive model does, step by step', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 8 }),
        fc.array(anyStep, { maxLength: 60 }),
        async (size, steps) => {
          const real = new Real(size);
          const model = new Model(size);
          for (const step of steps) {
            const [answer, expected] = await take(step, real, model);
            expect(answer).toEqual(expected);
            expect([real.sem.available, real.sem.waiting]).toEqual([
              size - model.held,
              model.queue.length,
            ]);
          }
          await drain();
          expect(real.outcomes).toEqual(model.requests.map(({ outcome }) => outcome));
          expect(real.granted).toEqual(
            model.granted.map((request) => model.requests.indexOf(request)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

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

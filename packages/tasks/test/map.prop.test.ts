import { background, withCancelCause } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { map, stream } from '@gosync/tasks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drain, type Outcome, watch } from '@gosync/testing/microtasks';
import { read, slowly, Tasks } from './ways.ts';

/** What happens next: a running task ends well or badly, or the caller's context ends. */
type Event = readonly ['end' | 'fail', which: number] | 'cancel';

interface Plan {
  readonly weights: readonly number[];
  readonly limit: number;
  readonly size: number;
  readonly settle: boolean;
  readonly events: readonly Event[];
}

const plans = fc.record<Plan>({
  weights: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 7 }),
  limit: fc.integer({ min: 1, max: 4 }),
  size: fc.integer({ min: 3, max: 6 }),
  settle: fc.boolean(),
  events: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.tuple(fc.constant('end' as const), fc.nat(3)) },
      { weight: 2, arbitrary: fc.tuple(fc.constant('fail' as const), fc.nat(3)) },
      { weight: 1, arbitrary: fc.constant('cancel' as const) },
    ),
    { maxLength: 14 },
  ),
});

/** The contract, as one would write it down: lists, and a look at all of it after each event. */
class Model {
  readonly begun: number[] = [];
  running: number[] = [];
  readonly results: unknown[] = [];
  end: { readonly reason: unknown } | undefined;
  isCanceled = false;
  readonly #plan: Plan;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#begin();
  }

  take([what, which]: readonly ['end' | 'fail', number]): number | undefined {
    const id = this.running[which];
    if (id === undefined) return undefined;
    this.running = this.running.filter((other) => other !== id);
    const { settle } = this.#plan;
    if (what === 'end') this.results[id] = settle ? { status: 'fulfilled', value: id } : id;
    else if (settle && !this.isCanceled) this.results[id] = { status: 'rejected', reason: id };
    else this.end ??= { reason: this.isCanceled ? 'canceled' : id };
    this.#begin();
    return id;
  }

  cancel(): void {
    this.isCanceled = true;
    // What waits for units leaves the queue.
    if (this.begun.length < this.#plan.weights.length) this.end ??= { reason: 'canceled' };
  }

  outcome(): Outcome {
    if (this.running.length > 0) return { state: 'pending', result: undefined };
    if (this.end) return { state: 'rejected', result: this.#reason(this.end.reason) };
    if (this.begun.length < this.#plan.weights.length)
      return { state: 'pending', result: undefined };
    return { state: 'fulfilled', result: this.results };
  }

  #reason(reason: unknown): unknown {
    const { weights, size } = this.#plan;
    return reason === 'heavy'
      ? new RangeError(
          `tasks: item ${this.begun.length} weighs ${weights[this.begun.length]} of ${size}`,
        )
      : reason;
  }

  #begin(): void {
    const { weights, limit, size } = this.#plan;
    while (this.begun.length < weights.length && this.running.length < limit) {
      if (this.end || this.isCanceled) return;
      const id = this.begun.length;
      const held = this.running.reduce((sum, each) => sum + (weights[each] ?? 0), 0);
      const weight = weights[id] ?? 0;
      if (weight > size) this.end = { reason: 'heavy' };
      else if (held + weight > size) return;
      else this.running.push(this.begun.push(id) - 1);
    }
  }
}

describe.each([
  ['map() of an array', (weights: readonly number[]) => weights],
  ['map() of an async iterable', (weights: readonly number[]) => slowly(weights)],
])('%s', (name, source) => {
  it('does what a naive model does, step by step', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const [ctx, cancel] = withCancelCause(background());
        const semaphore = new Weighted(plan.size);
        const tasks = new Tasks();
        const model = new Model(plan);
        const { limit, settle } = plan;
        const options = { limit, settle, semaphore, weight: (n: number) => n };
        const outcome = watch(
          map(ctx, source(plan.weights), (own, _n, i) => tasks.work(own, i), options),
        );
        await drain();
        for (const event of plan.events) {
          // An async source says that it is at its end when it is asked again: a model of that is another one.
          if (event === 'cancel' && name.includes('async')) continue;
          if (event === 'cancel') {
            cancel('canceled');
            model.cancel();
          } else {
            const id = model.take(event);
            if (id !== undefined && event[0] === 'end') tasks.end(id);
            else if (id !== undefined) tasks.fail(id, id);
          }
          await drain();
          expect(tasks.begun).toEqual(model.begun);
          expect(tasks.running).toBe(model.running.length);
          expect(outcome).toEqual(model.outcome());
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('stream()', () => {
  it('delivers in order what map() gives, whatever the schedule, within its limit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.nat(12),
        fc.integer({ min: 1, max: 4 }),
        fc.option(fc.nat(11), { nil: undefined }),
        async (scheduler, n, limit, bad) => {
          let running = 0;
          let peak = 0;
          const items = Array.from({ length: n }, (_, i) => i);
          const f = async (_ctx: unknown, i: number): Promise<number> => {
            peak = Math.max(peak, ++running);
            await scheduler.schedule(Promise.resolve(), `item ${i}`);
            running--;
            if (i === bad) throw new Error('bad');
            return i * i;
          };
          const seen: number[] = [];
          const reading = async (): Promise<unknown> => {
            try {
              for await (const each of stream(undefined, items, f, { limit })) seen.push(each);
              return undefined;
            } catch (error) {
              return error;
            }
          };
          const error = await scheduler.waitFor(reading());
          expect(running).toBe(0);
          expect(peak).toBeLessThanOrEqual(limit);
          const fails = bad !== undefined && bad < n;
          expect(error instanceof Error).toBe(fails);
          const squares = items.map((i) => i * i);
          expect(seen).toEqual(squares.slice(0, seen.length));
          expect(seen.length).toBeLessThanOrEqual(fails ? bad : n);
          expect(fails || seen.length === n).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('delivers each result once when they need not be in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.nat(12),
        fc.integer({ min: 1, max: 4 }),
        async (scheduler, n, limit) => {
          const items = Array.from({ length: n }, (_, i) => i);
          const ended: number[] = [];
          const f = async (_ctx: unknown, i: number): Promise<number> => {
            await scheduler.schedule(Promise.resolve(), `item ${i}`);
            ended.push(i);
            return i;
          };
          const seen = await scheduler.waitFor(
            read(stream(undefined, items, f, { limit, ordered: false })),
          );
          expect(seen).toEqual(ended);
        },
      ),
      { numRuns: 100 },
    );
  });
});

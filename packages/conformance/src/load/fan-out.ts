import { cause, type Context } from '@gosync/context';
import { all, any, map, stream } from '@gosync/tasks';
import type { Audit } from './audit.ts';
import type { Task } from './plan.ts';

const items = [0, 1, 2, 3, 4];
const limit = 2;

/** What one call of `@gosync/tasks` does for each of five items. */
type Step = (ctx: Context, i: number) => Promise<number>;

/** Runs tasks side by side within a task, as a request that asks several services does. */
export class FanOut {
  readonly #audit: Audit;
  readonly #pause: () => Promise<void>;

  constructor(audit: Audit, pause: () => Promise<void>) {
    this.#audit = audit;
    this.#pause = pause;
  }

  /** Rejects with the cause of `ctx`, or with what a task throws. */
  async run(ctx: Context, { fans, fails, weight }: Task): Promise<void> {
    if (fans === 'no') return;
    const failure = new Error(`item ${weight} of ${fans}`);
    let running = 0;
    const step: Step = async (own, i) => {
      running++;
      this.#audit.expect('a call never runs more of its tasks than its limit', running <= limit);
      try {
        await this.#pause();
        if (own.err) throw cause(own);
        if (fails && i === weight % items.length) throw failure;
        return i;
      } finally {
        running--;
      }
    };
    let results: readonly number[] = [];
    try {
      results = await calls[fans](ctx, step);
    } catch (error) {
      this.#audit.expect(
        'a call of tasks rejects with the cause of its context, or with a failure',
        error === cause(ctx) || error === failure || allFailed(error, failure),
        error,
      );
      throw error;
    } finally {
      this.#audit.expect('a call of tasks settles when none of them runs', running === 0, running);
    }
    this.#audit.expect(
      'a call of tasks has all results, in the order of the items',
      results.every((n, i) => n === i) && results.length === items.length,
      results,
    );
  }
}

/** Whether it is what `any` rejects with. */
function allFailed(error: unknown, failure: Error): boolean {
  return error instanceof AggregateError && error.errors.every((each) => each === failure);
}

const calls: Readonly<
  Record<Exclude<Task['fans'], 'no'>, (ctx: Context, step: Step) => Promise<number[]>>
> = {
  all: (ctx, step) =>
    all(
      ctx,
      items.map((i) => (own: Context) => step(own, i)),
      { limit },
    ),

  map: (ctx, step) => map(ctx, items, step, { limit }),

  async any(ctx, step) {
    // The first of them, and so all of them: what the others do is not looked at.
    const first = await any(ctx, [(own) => step(own, 0), (own) => step(own, 0)], { limit });
    return items.map((i) => first + i);
  },

  async stream(ctx, step) {
    const results: number[] = [];
    for await (const n of stream(ctx, items, step, { limit })) results.push(n);
    return results;
  },
};

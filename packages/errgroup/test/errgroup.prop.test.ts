import { background, cause, type Context, type ContextLike, withCancel } from '@gosync/context';
import { Group, withContext } from '@gosync/errgroup';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from './runs.ts';
import { Deferred, drain, type Outcome, watch } from '@gosync/testing/microtasks';

/** A task: how often it waits, whether it fails, and what it hands over when it has begun and before it ends. */
interface Plan {
  readonly waits: number;
  readonly fails: boolean;
  readonly first: readonly Plan[];
  readonly last: readonly Plan[];
}

const { plan } = fc.letrec<{ plan: Plan }>((tie) => {
  const children = fc.array(tie('plan'), { maxLength: 2, depthIdentifier: 'plan' });
  const maxDepth = { depthIdentifier: 'plan', maxDepth: 3 };
  return {
    plan: fc.record({
      waits: fc.nat(2),
      fails: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
      first: fc.oneof(maxDepth, fc.constant([]), children),
      last: fc.oneof(maxDepth, fc.constant([]), children),
    }),
  };
});

/** What callers derive a group from, beside a context of ours. It never ends, or the first error would be its end. */
const parents = {
  background,
  signal: () => new AbortController().signal,
  'frozen options': () => Object.freeze({ signal: new AbortController().signal }),
  /** As little as a polyfill's: functions for listeners, and no way to take them off. */
  'half a signal': (): AbortSignal =>
    Object.create({ aborted: false, reason: undefined, addEventListener: () => undefined }),
  /** A decorator, as for tracing, of a context that is frozen. */
  wrapper: () => {
    const [ctx] = withCancel(background());
    return Object.freeze({
      signal: Object.freeze(ctx).signal,
      err: undefined,
      deadline: undefined,
      value: (key: unknown) => ctx.value(key),
    });
  },
} satisfies Record<string, () => ContextLike>;

/** Runs plans in a group and writes down what happens. */
class Run {
  readonly group: Group;
  readonly ctx: Context;
  handedOver = 0;
  begun: number[] = [];
  running = 0;
  peak = 0;
  ended = 0;
  firstError: Error | undefined;
  private readonly scheduler: fc.Scheduler;

  constructor(scheduler: fc.Scheduler, limit: number, parent: ContextLike) {
    this.scheduler = scheduler;
    [this.group, this.ctx] = withContext(parent);
    this.group.setLimit(limit);
  }

  handOver(plans: readonly Plan[]): void {
    for (const next of plans) {
      const id = this.handedOver++;
      void this.group.go((ctx) => this.task(id, next, ctx));
    }
  }

  private async task(id: number, { waits, fails, first, last }: Plan, ctx: Context): Promise<void> {
    // A task may freeze what it is handed.
    if (id % 2 === 1) Object.freeze(ctx);
    this.begun.push(id);
    this.peak = Math.max(this.peak, ++this.running);
    this.handOver(first);
    for (let i = 0; i < waits; i++) await this.scheduler.schedule(Promise.resolve(), `task ${id}`);
    this.handOver(last);
    this.running--;
    this.ended++;
    if (!fails) return;
    const error = new Error(`task ${id}`);
    this.firstError ??= error;
    throw error;
  }
}

describe('Group', () => {
  it('never exceeds its limit, begins in order, and waits for exactly all, with the first error', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.constantFrom(-1, 1, 2, 3),
        fc.array(plan, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...Object.values(parents)),
        async (scheduler, limit, plans, parent) => {
          const run = new Run(scheduler, limit, parent());
          run.handOver(plans);
          const waited = run.group.wait().then(
            () => ({ ended: run.ended, error: undefined, done: run.ctx.err !== undefined }),
            (error: unknown) => ({ ended: run.ended, error, done: run.ctx.err !== undefined }),
          );
          const heard = await scheduler.waitFor(waited);
          expect(heard).toEqual({ ended: run.handedOver, error: run.firstError, done: true });
          expect(cause(run.ctx)).toBe(run.firstError ?? run.ctx.err);
          expect(run.running).toBe(0);
          expect(run.peak).toBeLessThanOrEqual(limit < 0 ? Infinity : limit);
          // What is handed over from within a task, too, begins in the order of handing over.
          expect(run.begun).toEqual(Array.from({ length: run.handedOver }, (_, id) => id));
        },
      ),
      { numRuns: runs(200) },
    );
  });

  it('does what a naive model does, step by step', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('go', 'go settled', 'go sync', 'tryGo') },
      { weight: 3, arbitrary: fc.nat(5) },
      { weight: 1, arbitrary: fc.constantFrom('wait', 'fail') },
      { weight: 1, arbitrary: fc.constantFrom(-1, 0, 1, 2).map((limit) => ({ limit })) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const pair = new Pair();
        for (const next of steps) {
          const [answer, expected] = pair.take(next);
          expect(answer).toEqual(expected);
          // Long enough for all 40 to begin and end one after the other.
          await drain(200);
          expect(pair.begun).toEqual(pair.model.begun);
          expect(pair.waits.map(({ state }) => state)).toEqual(pair.model.waits);
        }
      }),
      { numRuns: runs(200) },
    );
  });
});

/** A group as one would write it down, for tasks that end when they are told to, or as soon as they have begun. */
class Model {
  limit = -1;
  /** The tasks that end as soon as they have begun. */
  readonly brief = new Set<number>();
  begun: number[] = [];
  running: number[] = [];
  queue: number[] = [];
  waits: Outcome['state'][] = [];
  failed = false;

  hasRoom(): boolean {
    return this.limit < 0 || (this.running.length < this.limit && this.queue.length === 0);
  }

  begin(id: number): void {
    this.begun.push(id);
    this.running.push(id);
    if (this.brief.has(id)) this.end(id);
  }

  end(id: number): void {
    this.running = this.running.filter((other) => other !== id);
    const [next] = this.queue.splice(0, 1);
    if (next !== undefined) this.begin(next);
    this.settle();
  }

  settle(): void {
    if (this.running.length > 0) return;
    const state = this.failed ? 'rejected' : 'fulfilled';
    this.waits = this.waits.map((old) => (old === 'pending' ? state : old));
  }
}

/** The real thing beside its model; `take` returns what each of them answers. */
class Pair {
  readonly model = new Model();
  readonly begun: number[] = [];
  readonly waits: Outcome[] = [];
  private readonly group = new Group();
  private readonly ends: Deferred[] = [];

  take(step: string | number | { readonly limit: number }): [unknown, unknown] {
    if (typeof step === 'number') return this.end(step, false);
    if (typeof step === 'object') return this.setLimit(step.limit);
    switch (step) {
      case 'wait':
        this.waits.push(watch(this.group.wait()));
        this.model.waits.push('pending');
        return [this.model.settle(), undefined];
      case 'fail':
        return this.end(0, true);
      case 'tryGo':
        return this.tryGo();
      default:
        return this.go(step);
    }
  }

  private task(kind: string): () => unknown {
    const end = new Deferred();
    const id = this.ends.push(end) - 1;
    if (kind !== 'go') this.model.brief.add(id);
    if (kind === 'go settled') end.resolve();
    return () => {
      this.begun.push(id);
      return kind === 'go sync' ? undefined : end.promise;
    };
  }

  private go(kind: string): [unknown, unknown] {
    const { model, group } = this;
    const task = this.task(kind);
    const id = this.ends.length - 1;
    if (model.limit === 0) return [watch(group.go(task)).state, 'pending'];
    if (model.hasRoom()) model.begin(id);
    else model.queue.push(id);
    void group.go(task);
    return [this.begun.includes(id), model.begun.includes(id)];
  }

  private tryGo(): [unknown, unknown] {
    const { model } = this;
    const room = model.hasRoom();
    const task = this.task('go');
    if (room) model.begin(this.ends.length - 1);
    return [this.group.tryGo(task), room];
  }

  private end(index: number, fails: boolean): [unknown, unknown] {
    const { model } = this;
    const id = model.running[index];
    if (id === undefined) return [undefined, undefined];
    model.failed ||= fails;
    if (fails) this.ends[id]?.reject('failed');
    else this.ends[id]?.resolve();
    return [model.end(id), undefined];
  }

  private setLimit(limit: number): [unknown, unknown] {
    const { model } = this;
    const { length } = model.running;
    const message = `modify limit while ${length} goroutines in the group are still active`;
    if (length === 0) model.limit = limit;
    try {
      this.group.setLimit(limit);
      return ['set', length === 0 ? 'set' : message];
    } catch (error) {
      return [String(error).replace('Error: errgroup: ', ''), length === 0 ? 'set' : message];
    }
  }
}

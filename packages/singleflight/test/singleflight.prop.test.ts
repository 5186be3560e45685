import { background, cause, type Context, withCancelCause } from '@gosync/context';
import { Group } from '@gosync/singleflight';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Key, kinds, Pair } from './model.ts';
import { runs } from './runs.ts';
import { drain, follow } from '@gosync/testing/microtasks';

type Step = (pair: Pair) => void;

const key = fc.constantFrom<Key>('a', '__proto__', NaN, undefined);
const n = fc.nat(30);
/** What takes effect at once. */
const immediate: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: key.map((k) => (pair: Pair) => pair.do(k)) },
  { weight: 1, arbitrary: key.map((k) => (pair: Pair) => pair.doChan(k)) },
  {
    weight: 5,
    arbitrary: fc.tuple(key, fc.constantFrom(...kinds)).map(
      ([k, kind]) =>
        (pair: Pair) =>
          pair.doContext(k, kind),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(key, fc.boolean()).map(
      ([k, fails]) =>
        (pair: Pair) =>
          pair.doAtOnce(k, fails),
    ),
  },
  { weight: 1, arbitrary: key.map((k) => (pair: Pair) => pair.doDone(k)) },
  { weight: 5, arbitrary: n.map((i) => (pair: Pair) => pair.leave(i)) },
  { weight: 1, arbitrary: key.map((k) => (pair: Pair) => pair.forget(k)) },
);
/** What arrives a few turns later, so that nothing may follow it in the same turn. */
const ending: fc.Arbitrary<Step> = fc.tuple(n, fc.boolean()).map(
  ([i, fails]) =>
    (pair: Pair) =>
      pair.end(i, fails),
);
const burst = fc
  .tuple(fc.array(immediate, { maxLength: 6 }), fc.array(ending, { maxLength: 2 }))
  .map((steps) => steps.flat());

describe('Group', () => {
  it('does what a naive model does, whatever is called in whatever order', async () => {
    const bursts = fc.array(burst, { maxLength: 15 });
    const property = fc.asyncProperty(bursts, async (history) => {
      const pair = new Pair();
      for (const steps of history) {
        for (const step of steps) step(pair);
        pair.turn();
        await drain();
        expect(pair.seen()).toEqual(pair.expected());
      }
    });
    await expect(fc.assert(property, { numRuns: runs(400) })).resolves.toBeUndefined();
  });
});

interface Caller {
  readonly stays: boolean;
  /** How many turns after its time has come it leaves. */
  readonly turns: number;
}

const callers = fc.array(fc.record({ stays: fc.boolean(), turns: fc.nat(6) }), { maxLength: 8 });

/** Runs callers of one key under a schedule and returns what they heard, and what became of the calls. */
async function simulate(scheduler: fc.Scheduler, plan: readonly Caller[]) {
  const group = new Group<number>();
  const calls: { ctx: Context; ended: boolean }[] = [];
  let overlaps = 0;
  const f = async (ctx: Context): Promise<number> => {
    if (calls.some((call) => !call.ended && call.ctx.err === undefined)) overlaps++;
    const call = { ctx, ended: false };
    const id = calls.push(call) - 1;
    await scheduler.schedule(Promise.resolve(), `end of call ${id}`);
    call.ended = true;
    return id;
  };
  const heard = plan.map(async ({ stays, turns }, i) => {
    await scheduler.schedule(Promise.resolve(), `caller ${i} comes`);
    const [ctx, cancel] = withCancelCause(background());
    const caller = follow(group.doContext(ctx, 'key', f));
    if (!stays) {
      await scheduler.schedule(Promise.resolve(), `caller ${i} leaves`);
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      cancel(i);
    }
    return caller;
  });
  await scheduler.waitIdle();
  const outcomes = await Promise.all(heard);
  await drain();
  return { calls, outcomes, overlaps };
}

describe('Group.doContext()', () => {
  it('keeps its promises under every schedule', async () => {
    const property = fc.asyncProperty(fc.scheduler(), callers, async (scheduler, plan) => {
      const { calls, outcomes, overlaps } = await simulate(scheduler, plan);
      const hearers = calls.map((_, id) =>
        outcomes.filter((seen) => seen.status === 'fulfilled' && seen.value[0] === id),
      );
      // One call at a time, unless the one before was abandoned.
      expect(overlaps).toBe(0);
      for (const [i, seen] of outcomes.entries()) {
        // Who stays hears a value; who leaves hears a value or its own cause.
        const own = plan[i]?.stays ? [] : [i];
        expect(seen.status === 'rejected' ? own : [seen.status]).toEqual(
          seen.status === 'rejected' ? [seen.reason] : ['fulfilled'],
        );
      }
      for (const [id, { ctx }] of calls.entries()) {
        const heard = hearers[id] ?? [];
        const shared = heard.map((seen) => seen.status === 'fulfilled' && seen.value[1]);
        // Nobody hears of a call that was canceled, and nobody who shares is told otherwise.
        expect(ctx.err === undefined ? [] : heard).toEqual([]);
        expect(new Set(shared).size).toBeLessThan(2);
        expect(heard.length < 2 || shared[0]).toBe(true);
        // It was canceled by one who left.
        const reason = cause(ctx);
        expect(reason === undefined || plan[Number(reason)]?.stays === false).toBe(true);
      }
    });
    await expect(fc.assert(property, { numRuns: runs(500) })).resolves.toBeUndefined();
  });
});

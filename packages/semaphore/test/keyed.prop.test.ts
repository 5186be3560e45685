import { background, withCancelCause } from '@gosync/context';
import { Keyed, type Permit } from '@gosync/semaphore';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drain } from '@gosync/testing/microtasks';
import { Model } from './model.ts';
import { runs } from './runs.ts';

type Step =
  | {
      readonly does: 'permit';
      readonly key: string;
      readonly n: number;
      readonly ctx: number | undefined;
    }
  | { readonly does: 'tryPermit'; readonly key: string; readonly n: number }
  | { readonly does: 'release'; readonly which: number }
  | { readonly does: 'cancel'; readonly ctx: number }
  | { readonly does: 'drain' };

const contexts = 2;
const keys = ['a', 'b', 'c'];
const key = fc.constantFrom(...keys);
const n = fc.nat(4);
const ctx = fc.option(fc.nat(contexts - 1), { nil: undefined });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('permit'), key, n, ctx }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('tryPermit'), key, n }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('release'), which: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('cancel'), ctx: fc.nat(contexts - 1) }),
  },
  { weight: 2, arbitrary: fc.constant({ does: 'drain' }) },
);

/** A `Keyed` beside a model for each key, which is never dropped. */
class Pair {
  readonly keyed: Keyed;
  readonly models: ReadonlyMap<string, Model>;
  readonly outcomes: ReadonlyMap<string, string[]>;
  private readonly held: { readonly permit: Permit; readonly model: Model }[] = [];
  private readonly parents = Array.from({ length: contexts }, () => withCancelCause(background()));

  constructor(size: number) {
    this.keyed = new Keyed(size);
    this.models = new Map(keys.map((name) => [name, new Model(size)]));
    this.outcomes = new Map(keys.map((name) => [name, []]));
  }

  /** Takes a step on both sides and returns what either answered. */
  async take(step: Step): Promise<[unknown, unknown]> {
    switch (step.does) {
      case 'permit':
        return [this.permit(step.key, step.n, step.ctx), undefined];
      case 'tryPermit':
        return this.tryPermit(step.key, step.n);
      case 'release':
        return this.release(step.which);
      case 'cancel':
        this.parents[step.ctx]?.[1](`cause ${step.ctx}`);
        for (const model of this.models.values()) model.cancel(step.ctx, () => undefined);
        return [undefined, undefined];
      default:
        return [await drain(), undefined];
    }
  }

  private modelOf(name: string): Model {
    const model = this.models.get(name);
    if (!model) throw new Error(`no model of ${name}`);
    return model;
  }

  private permit(name: string, weight: number, parent: number | undefined): void {
    const model = this.modelOf(name);
    const heard = this.outcomes.get(name) ?? [];
    const index = heard.push('pending') - 1;
    model.acquire(weight, parent);
    this.keyed.permit(this.parents[parent ?? contexts]?.[0], name, weight).then(
      (permit) => {
        heard[index] = 'granted';
        return this.held.push({ permit, model });
      },
      (reason: unknown) => {
        heard[index] = reason instanceof RangeError ? 'RangeError' : String(reason);
      },
    );
  }

  private tryPermit(name: string, weight: number): [boolean, boolean] {
    const model = this.modelOf(name);
    const permit = this.keyed.tryPermit(name, weight);
    if (permit) this.held.push({ permit, model });
    return [permit !== undefined, model.tryAcquire(weight)];
  }

  private release(which: number): [unknown, unknown] {
    const [one] = this.held.splice(which % (this.held.length + 1), 1);
    if (!one) return [undefined, undefined];
    one.permit.release();
    one.permit.release();
    return ['released', one.model.release(one.permit.n)];
  }
}

describe('Keyed', () => {
  it('does what a model for each key does that is never dropped, step by step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(4), fc.array(anyStep, { maxLength: 60 }), async (size, steps) => {
        const pair = new Pair(size);
        const { keyed, models } = pair;
        for (const step of steps) {
          const [answer, expected] = await pair.take(step);
          expect(answer).toBe(expected);
          expect(keys.map((name) => [keyed.available(name), keyed.waiting(name)])).toEqual(
            [...models.values()].map((model) => [model.available, model.pending.length]),
          );
          const inUse = [...models.values()].filter(
            (model) => model.held + model.pending.length > 0,
          );
          expect(keyed.keys).toBe(inUse.length);
        }
        await drain();
        expect([...pair.outcomes.values()]).toEqual(
          [...models.values()].map(({ requests }) => requests.map(({ outcome }) => outcome)),
        );
      }),
      { numRuns: runs(200) },
    );
  });
});

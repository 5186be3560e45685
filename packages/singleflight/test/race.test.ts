import { background, withCancelCause } from '@gosync/context';
import { Group } from '@gosync/singleflight';
import { describe, expect, it } from 'vitest';
import { Upstream } from './upstream.ts';
import { drain, follow, type Settlement } from '@gosync/testing/microtasks';

type Settle = 'resolve' | 'reject';
type Outcome = Settlement<readonly [string, boolean]>;

/** A call whose f has just ended, and the way to make its only caller leave. */
function ended(settle: Settle) {
  const group = new Group<string>();
  const upstream = new Upstream<string>();
  const [ctx, leave] = withCancelCause(background());
  const caller: Outcome = follow(group.doContext(ctx, 'key', upstream.f));
  upstream.call(0)[settle]('from f');
  const isCanceled = () => upstream.call(0).ctx.err !== undefined;
  return { group, upstream, caller, leave, isCanceled };
}

/** What comes of it when the caller leaves after that many turns. */
async function race(turns: number, settle: Settle) {
  const { group, caller, leave, isCanceled } = ended(settle);
  for (let i = 0; i < turns; i++) await Promise.resolve();
  leave('left');
  const canceled = isCanceled();
  await drain();
  return { caller, canceled, next: await group.do('key', () => 'next') };
}

/** Whether the key is free after that many turns, when nobody leaves. */
async function isFree(turns: number, settle: Settle): Promise<boolean> {
  const { group, upstream } = ended(settle);
  for (let i = 0; i < turns; i++) await Promise.resolve();
  void follow(group.do('key', upstream.f));
  return upstream.calls.length === 2;
}

const allTurns = Array.from({ length: 11 }, (_, turns) => turns);

describe('Group.doContext() when the last caller leaves while f has just ended', () => {
  it.each<[Settle, Outcome]>([
    ['resolve', { status: 'fulfilled', value: ['from f', false] }],
    ['reject', { status: 'rejected', reason: 'from f' }],
  ])('rejects who leaves before it has heard f %s, and nobody later', async (settle, heard) => {
    const races = await Promise.all(allTurns.map((turns) => race(turns, settle)));
    const outcomes = races.map(({ caller }) => caller);
    const left = { status: 'rejected', reason: 'left' };
    const tooLate = outcomes.findIndex((outcome) => Reflect.get(outcome, 'reason') !== 'left');
    expect(tooLate).toBeGreaterThan(0);
    expect(outcomes).toEqual(allTurns.map((turns) => (turns < tooLate ? left : heard)));
    // Who hears an outcome has not canceled the call, and the key is free whatever happened.
    expect(races.slice(tooLate).filter(({ canceled }) => canceled)).toEqual([]);
    expect(races.map(({ next }) => next)).toEqual(races.map(() => ['next', false]));
  });

  it.each<[Settle]>([['resolve'], ['reject']])(
    'cancels the call until its outcome has freed the key, and not from then on (f %s)',
    async (settle) => {
      const races = await Promise.all(allTurns.map((turns) => race(turns, settle)));
      const free = await Promise.all(allTurns.map((turns) => isFree(turns, settle)));
      expect(new Set(free)).toEqual(new Set([false, true]));
      expect(races.map(({ canceled }) => !canceled)).toEqual(free);
    },
  );
});

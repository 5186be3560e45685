import { background, cause, withCancelCause } from '@gosync/context';
import { Group } from '@gosync/singleflight';
import { describe, expect, it } from 'vitest';
import { Upstream } from './upstream.ts';
import { drain, follow, type Settlement } from '@gosync/testing/microtasks';

type Outcome = readonly [string, boolean];

/** A group, one slow function, and callers that can leave. */
function start() {
  const group = new Group<string>();
  const upstream = new Upstream<string>();
  return {
    group,
    upstream,
    /** A caller and the way to make it leave. */
    enter(): { caller: Settlement<Outcome>; leave: (reason: unknown) => void } {
      const [ctx, leave] = withCancelCause(background());
      return { caller: follow(group.doContext(ctx, 'key', upstream.f)), leave };
    },
    stay: (): Settlement<Outcome> => follow(group.do('key', upstream.f)),
  };
}

const pending = { status: 'pending' };
const rejected = (reason: unknown) => ({ status: 'rejected', reason });
const fulfilled = (value: string, shared: boolean) => ({
  status: 'fulfilled',
  value: [value, shared],
});

describe('Group.doContext() when callers leave', () => {
  it('rejects who leaves at once, with its own cause, and disturbs nobody else', async () => {
    const { upstream, enter } = start();
    const [a, b, c] = [enter(), enter(), enter()];
    a.leave('a left');
    await drain();
    expect([a.caller, b.caller, c.caller]).toEqual([rejected('a left'), pending, pending]);
    b.leave('b left');
    await drain();
    expect([b.caller, c.caller]).toEqual([rejected('b left'), pending]);
    upstream.call(0).resolve('v');
    await drain();
    expect(c.caller).toEqual(fulfilled('v', false));
    expect(upstream.calls).toHaveLength(1);
  });

  it('cancels f when the last of 1000 leaves, not when 999 have', async () => {
    const { upstream, enter } = start();
    const others = Array.from({ length: 999 }, enter);
    const last = enter();
    for (const [i, { leave }] of others.entries()) leave(i);
    await drain();
    const { ctx } = upstream.call(0);
    expect(ctx.err).toBeUndefined();
    expect(last.caller).toEqual(pending);
    expect(others.map(({ caller }) => caller)).toEqual(others.map((_, i) => rejected(i)));

    const reason = new Error('the last one');
    last.leave(reason);
    expect(cause(ctx)).toBe(reason);
    await Promise.resolve();
    const next = enter();
    expect(upstream.calls).toHaveLength(2);
    await drain();
    expect(last.caller).toEqual(rejected(reason));
    upstream.call(1).resolve('fresh');
    await drain();
    expect(next.caller).toEqual(fulfilled('fresh', false));
  });

  it('has freed the key when the canceler of the last caller goes on', async () => {
    const { upstream, enter } = start();
    const { leave } = enter();
    leave('left');
    const next = enter();
    expect(upstream.calls).toHaveLength(2);
    upstream.call(1).resolve('fresh');
    await drain();
    expect(next.caller).toEqual(fulfilled('fresh', false));
  });

  it.each<['resolve' | 'reject']>([['resolve'], ['reject']])(
    'drops the outcome of an abandoned call that goes on to %s',
    async (settle) => {
      const { upstream, enter, stay } = start();
      const left = enter();
      left.leave('left');
      const next = [stay()];
      upstream.call(0)[settle]('abandoned');
      await drain();
      // The key is still that of the new call.
      next.push(stay());
      expect(upstream.calls).toHaveLength(2);
      expect(next).toEqual([pending, pending]);
      upstream.call(1).resolve('fresh');
      await drain();
      expect(next).toEqual([fulfilled('fresh', true), fulfilled('fresh', true)]);
      expect(left.caller).toEqual(rejected('left'));
    },
  );

  it('lets a caller that left come back to the call while others keep it alive', async () => {
    const { upstream, enter } = start();
    const [other, gone] = [enter(), enter()];
    gone.leave('left');
    const back = enter();
    expect(upstream.calls).toHaveLength(1);
    // It counts again: now the other may leave.
    other.leave('other left');
    expect(upstream.call(0).ctx.err).toBeUndefined();
    upstream.call(0).resolve('v');
    await drain();
    expect(back.caller).toEqual(fulfilled('v', false));
  });

  it('gives a caller that left and comes back alone a new call', async () => {
    const { upstream, enter } = start();
    enter().leave('left');
    const back = enter();
    upstream.call(0).resolve('abandoned');
    upstream.call(1).resolve('fresh');
    await drain();
    expect(back.caller).toEqual(fulfilled('fresh', false));
  });

  it('counts one caller once, however often it is told to leave', async () => {
    const { upstream, enter } = start();
    const [twice, other] = [enter(), enter()];
    twice.leave('first');
    twice.leave('second');
    await drain();
    expect(twice.caller).toEqual(rejected('first'));
    expect(upstream.call(0).ctx.err).toBeUndefined();
    expect(other.caller).toEqual(pending);
  });

  it('counts callers that share a context one by one, and they all leave with it', async () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const [ctx, leave] = withCancelCause(background());
    const callers = Array.from({ length: 3 }, () =>
      follow(group.doContext(ctx, 'key', upstream.f)),
    );
    leave('together');
    expect(cause(upstream.call(0).ctx)).toBe('together');
    await drain();
    expect(callers).toEqual([rejected('together'), rejected('together'), rejected('together')]);
  });

  it('leaves out of `shared` who left before the outcome', async () => {
    const { upstream, enter, stay } = start();
    const [first, second] = [enter(), enter()];
    first.leave('left');
    const third = stay();
    second.leave('left');
    upstream.call(0).resolve('v');
    await drain();
    expect(third).toEqual(fulfilled('v', false));
  });
});

describe('Group.doContext() beside do', () => {
  it('never cancels f while a caller through do waits', async () => {
    const { upstream, enter, stay } = start();
    const first = enter();
    const staying = stay();
    const third = enter();
    first.leave('left');
    third.leave('left');
    expect(upstream.call(0).ctx.err).toBeUndefined();
    upstream.call(0).resolve('v');
    await drain();
    expect(staying).toEqual(fulfilled('v', false));
  });

  it('never cancels f while a caller through doChan waits', async () => {
    const { group, upstream, enter } = start();
    const first = enter();
    const staying = group.doChan('key', upstream.f);
    first.leave('left');
    expect(upstream.call(0).ctx.err).toBeUndefined();
    upstream.call(0).reject('e');
    expect(await staying).toEqual({ ok: false, val: undefined, err: 'e', shared: false });
  });

  it('lets callers leave a call that do began', async () => {
    const { upstream, enter, stay } = start();
    const leader = stay();
    const guest = enter();
    guest.leave('left');
    await drain();
    expect([leader, guest.caller]).toEqual([pending, rejected('left')]);
    const next = stay();
    upstream.call(0).resolve('v');
    await drain();
    expect([leader, next]).toEqual([fulfilled('v', true), fulfilled('v', true)]);
    expect(upstream.calls).toHaveLength(1);
  });
});

describe('Group.doContext() beside forget', () => {
  it('cancels a forgotten call when the last of its own callers leaves, not its successor', async () => {
    const { group, upstream, enter } = start();
    const old = [enter(), enter()];
    group.forget('key');
    const next = enter();
    for (const { leave } of old) leave('old left');
    expect(cause(upstream.call(0).ctx)).toBe('old left');
    expect(upstream.call(1).ctx.err).toBeUndefined();
    const joined = enter();
    expect(upstream.calls).toHaveLength(2);
    upstream.call(1).resolve('new');
    await drain();
    expect([next.caller, joined.caller]).toEqual([fulfilled('new', true), fulfilled('new', true)]);
  });

  it('lets the callers of a forgotten call leave, and those who stay hear its outcome', async () => {
    const { group, upstream, enter } = start();
    const [stays, leaves] = [enter(), enter()];
    group.forget('key');
    leaves.leave('left');
    upstream.call(0).resolve('old');
    await drain();
    expect([stays.caller, leaves.caller]).toEqual([fulfilled('old', false), rejected('left')]);
  });

  it('does not cancel anybody by itself', () => {
    const { group, upstream, enter } = start();
    enter();
    group.forget('key');
    expect(upstream.call(0).ctx.err).toBeUndefined();
  });
});

import {
  afterFunc,
  background,
  CanceledError,
  cause,
  type Context,
  createKey,
  withCancelCause,
  withDeadline,
  withValue,
} from '@gosync/context';
import { Group } from '@gosync/singleflight';
import { describe, expect, it } from 'vitest';
import { Upstream } from './upstream.ts';
import { drain, follow } from '@gosync/testing/microtasks';

const user = createKey<string>('user');

/** Ends when its context does, as fetch would. */
function obedient({ signal }: Context): Promise<string> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

describe('Group.doContext() and the context of f', () => {
  it('has the values of the first caller, and of nobody else', async () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const first = group.doContext(withValue(background(), user, 'ada'), 'key', upstream.f);
    const second = group.doContext(withValue(background(), user, 'bob'), 'key', upstream.f);
    expect(upstream.call(0).ctx.value(user)).toBe('ada');
    upstream.call(0).resolve('v');
    await Promise.all([first, second]);
    expect(upstream.call(0).ctx.value(user)).toBe('ada');
  });

  it('keeps the values of the first caller when that has left', async () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const [ctx, cancel] = withCancelCause(withValue(background(), user, 'ada'));
    const first = follow(group.doContext(ctx, 'key', upstream.f));
    const second = group.doContext(background(), 'key', upstream.f);
    cancel('left');
    expect(upstream.call(0).ctx.value(user)).toBe('ada');
    upstream.call(0).resolve('v');
    expect(await second).toEqual(['v', false]);
    expect(first).toEqual({ status: 'rejected', reason: 'left' });
  });

  it('has neither the deadline nor the cancellation of the first caller', async () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const [timed, stop] = withDeadline(background(), Date.now() + 1_000_000);
    const first = follow(group.doContext(timed, 'key', upstream.f));
    const second = follow(group.doContext(background(), 'key', upstream.f));
    const { ctx } = upstream.call(0);
    expect(ctx.deadline).toBeUndefined();
    stop();
    await drain();
    expect(ctx.err).toBeUndefined();
    expect(ctx.signal.aborted).toBe(false);
    expect(first).toEqual({ status: 'rejected', reason: timed.err });
    expect(second).toEqual({ status: 'pending' });
  });

  it('has no values when the first caller brings a bare signal', async () => {
    const group = new Group<string>();
    const { signal } = new AbortController();
    const [who] = await group.doContext(signal, 'key', (ctx) => ctx.value(user) ?? 'nobody');
    expect(who).toBe('nobody');
  });

  it('ends with the cause of the last caller, before the canceler goes on', () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const own = new AbortController();
    const caller = follow(group.doContext(own.signal, 'key', upstream.f));
    const { ctx } = upstream.call(0);
    const { signal } = ctx;
    const reason = new Error('left');
    own.abort(reason);
    expect(ctx.err).toBeInstanceOf(CanceledError);
    expect(ctx.err?.cause).toBe(reason);
    expect(cause(ctx)).toBe(reason);
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toBe(reason);
    expect(caller).toEqual({ status: 'pending' });
  });

  it('does not end when f ends: nobody has left', async () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const caller = group.doContext(background(), 'key', upstream.f);
    upstream.call(0).resolve('v');
    await caller;
    await drain();
    expect(upstream.call(0).ctx.err).toBeUndefined();
  });

  it('reaches what f derives from it', () => {
    const group = new Group();
    const [ctx, cancel] = withCancelCause(background());
    let derived: Context | undefined;
    void follow(
      group.doContext(ctx, 'key', (own) => {
        [derived] = withCancelCause(own);
        return new Promise(() => {});
      }),
    );
    cancel('left');
    expect(derived && cause(derived)).toBe('left');
  });

  it('ends with a free key: what is called back by it starts a new call', async () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const [ctx, cancel] = withCancelCause(background());
    const left = follow(group.doContext(ctx, 'key', upstream.f));
    const fromCallbacks: Promise<readonly [string, boolean]>[] = [];
    afterFunc(upstream.call(0).ctx, () => {
      fromCallbacks.push(group.do('key', upstream.f));
    });
    upstream.call(0).ctx.signal.addEventListener('abort', () => {
      fromCallbacks.push(group.do('key', upstream.f));
    });
    cancel('left');
    expect(upstream.calls).toHaveLength(2);
    upstream.call(0).resolve('abandoned');
    upstream.call(1).resolve('fresh');
    expect(await Promise.all(fromCallbacks)).toEqual([
      ['fresh', true],
      ['fresh', true],
    ]);
    expect(left).toEqual({ status: 'rejected', reason: 'left' });
  });

  it('rejects the caller even when f ends its context itself', async () => {
    const group = new Group<string>();
    const [ctx, cancel] = withCancelCause(background());
    let own: Context | undefined;
    const caller = follow(
      group.doContext(ctx, 'key', (given) => {
        own = given;
        cancel('by f');
        return new Promise<string>(() => {});
      }),
    );
    await drain();
    expect(caller).toEqual({ status: 'rejected', reason: 'by f' });
    expect(own && cause(own)).toBe('by f');
    expect(await group.do('key', () => 'free')).toEqual(['free', false]);
  });

  it('lets f reject with its signal’s reason without a trace once all have left', async () => {
    const group = new Group<string>();
    const [ctx, cancel] = withCancelCause(background());
    const caller = follow(group.doContext(ctx, 'key', obedient));
    cancel('left');
    await drain();
    expect(caller).toEqual({ status: 'rejected', reason: 'left' });
    expect(await group.do('key', () => 'free')).toEqual(['free', false]);
  });
});

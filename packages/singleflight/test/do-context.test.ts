import { background, cause, type ContextLike, withCancelCause, withTimeout } from '@gosync/context';
import { Group } from '@gosync/singleflight';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Upstream } from './upstream.ts';
import { drain, follow } from '@gosync/testing/microtasks';

afterEach(() => {
  vi.useRealTimers();
});

describe('Group.doContext()', () => {
  it('resolves as do does when nobody leaves', async () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const callers = [
      group.doContext(background(), 'key', upstream.f),
      group.doContext(background(), 'key', upstream.f),
    ];
    expect(upstream.calls).toHaveLength(1);
    upstream.call(0).resolve('v');
    expect(await Promise.all(callers)).toEqual([
      ['v', true],
      ['v', true],
    ]);
    expect(await group.doContext(background(), 'key', () => 'w')).toEqual(['w', false]);
  });

  it('rejects with the very error of f, thrown or rejected', async () => {
    const group = new Group();
    const error = new Error('from f');
    const throwing = () => {
      throw error;
    };
    const rejecting = () => Promise.reject(error);
    await expect(group.doContext(background(), 'key', throwing)).rejects.toBe(error);
    await expect(group.doContext(background(), 'key', rejecting)).rejects.toBe(error);
    expect(await group.doContext(background(), 'key', () => 'free')).toEqual(['free', false]);
  });

  it('calls f synchronously with a live context', () => {
    const upstream = new Upstream<string>();
    void new Group<string>().doContext(background(), 'key', upstream.f);
    expect(upstream.call(0).ctx.err).toBeUndefined();
    expect(upstream.call(0).ctx.signal.aborted).toBe(false);
  });

  it('rejects with the cause, calling nothing and joining nothing, when ctx is done already', async () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const late = AbortSignal.abort('too late');
    await expect(group.doContext(late, 'key', upstream.f)).rejects.toBe('too late');
    expect(upstream.calls).toHaveLength(0);

    const caller = group.do('key', upstream.f);
    await expect(group.doContext(late, 'key', upstream.f)).rejects.toBe('too late');
    upstream.call(0).resolve('v');
    expect(await caller).toEqual(['v', false]);
  });

  it('rejects a done ctx even when its cause is a falsy value', async () => {
    const [ctx, cancel] = withCancelCause(background());
    cancel(null);
    await expect(new Group().doContext(ctx, 'key', () => 'v')).rejects.toBe(null);
  });

  it.each<[string, (own: AbortController) => ContextLike]>([
    ['an AbortSignal', (own) => own.signal],
    ['an object with a signal', (own) => ({ signal: own.signal })],
    ['a Request', (own) => new Request('data:,', { signal: own.signal })],
    ['a Context', (own) => withTimeout(own.signal, 1_000_000)[0]],
  ])('rejects with the cause of %s when that ends first', async (_title, context) => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const own = new AbortController();
    const caller = follow(group.doContext(context(own), 'key', upstream.f));
    await drain();
    expect(caller).toEqual({ status: 'pending' });
    const reason = new Error('left');
    own.abort(reason);
    await drain();
    expect(caller.status === 'rejected' && caller.reason).toBe(reason);
  });

  it('rejects with the error of a deadline when that passes first', async () => {
    vi.useFakeTimers();
    const upstream = new Upstream<string>();
    const [ctx] = withTimeout(background(), 50);
    const caller = follow(new Group<string>().doContext(ctx, 'key', upstream.f));
    vi.advanceTimersByTime(49);
    await drain();
    expect(caller).toEqual({ status: 'pending' });
    vi.advanceTimersByTime(1);
    await drain();
    expect(caller.status === 'rejected' && caller.reason).toBe(ctx.err);
    expect(cause(upstream.call(0).ctx)).toBe(ctx.err);
  });

  it('leaves a caller alone whose context ends after it has heard', async () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const [ctx, cancel] = withCancelCause(background());
    const caller = group.doContext(ctx, 'key', upstream.f);
    upstream.call(0).resolve('v');
    expect(await caller).toEqual(['v', false]);
    const next = group.do('key', upstream.f);
    cancel('later');
    expect(upstream.call(0).ctx.err).toBeUndefined();
    upstream.call(1).resolve('w');
    expect(await next).toEqual(['w', false]);
  });

  it('takes one listener of a foreign signal for all callers, and gives it back', async () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    const callers = Array.from({ length: 20 }, () => group.doContext(signal, 'key', upstream.f));
    expect(added).toHaveBeenCalledTimes(1);
    expect(removed).toHaveBeenCalledTimes(0);
    upstream.call(0).resolve('v');
    await Promise.all(callers);
    expect(added).toHaveBeenCalledTimes(1);
    expect(removed).toHaveBeenCalledTimes(1);
  });

  it.each([[undefined], [null], ['ctx'], [{}], [{ signal: 'none' }]])(
    'rejects with a TypeError when ctx is %o, and calls nothing',
    async (ctx) => {
      const group = new Group<string>();
      const upstream = new Upstream<string>();
      const promise = Reflect.apply(group.doContext, group, [ctx, 'key', upstream.f]);
      await expect(promise).rejects.toThrow(TypeError);
      expect(upstream.calls).toHaveLength(0);
    },
  );

  it.each([[undefined], [null], ['f'], [{}]])(
    'rejects with a TypeError when f is %o, a call under way or not',
    async (f) => {
      const group = new Group<string>();
      const upstream = new Upstream<string>();
      const misuse = () => Reflect.apply(group.doContext, group, [background(), 'key', f]);
      await expect(misuse()).rejects.toThrow(
        `singleflight: f is not a function: ${Object.prototype.toString.call(f)}`,
      );
      const caller = group.doContext(background(), 'key', upstream.f);
      await expect(misuse()).rejects.toThrow(TypeError);
      upstream.call(0).resolve('undisturbed');
      expect(await caller).toEqual(['undisturbed', false]);
    },
  );
});

import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as here from '@gosync/context';

/** The package as a second copy of it in the same process: another version, or the other module format. */
let there: typeof here;
beforeAll(async () => {
  vi.resetModules();
  there = await import('@gosync/context');
});

describe('two copies of the package', () => {
  it('share no classes and no roots', () => {
    expect(there.CanceledError).not.toBe(here.CanceledError);
    expect(there.background()).not.toBe(here.background());
    expect(new there.CanceledError()).not.toBeInstanceOf(here.CanceledError);
  });

  it('know each other’s errors', () => {
    const canceled = new there.CanceledError({ cause: 'x' });
    const exceeded = new there.DeadlineExceededError();
    expect([here.isCanceled(canceled), here.isDeadlineExceeded(canceled)]).toEqual([true, false]);
    expect([here.isCanceled(exceeded), here.isDeadlineExceeded(exceeded)]).toEqual([false, true]);
  });

  it('hand cancellations on, synchronously, with the same error and cause', () => {
    const [parent, cancel] = there.withCancelCause(there.background());
    const [child] = here.withCancel(parent);
    const [grandchild] = there.withCancel(here.withValue(child, 'key', 1));
    const log: string[] = [];
    here.afterFunc(child, () => log.push('child'));
    there.afterFunc(grandchild, () => log.push('grandchild'));
    cancel('over there');
    expect(log).toEqual(['child', 'grandchild']);
    for (const ctx of [child, grandchild]) {
      expect(ctx.err).toBe(parent.err);
      expect(here.cause(ctx)).toBe('over there');
      expect(there.cause(ctx)).toBe('over there');
      expect(ctx.signal.reason).toBe('over there');
    }
  });

  it('hand the error down without a cause, too', () => {
    const [parent, cancel] = there.withCancel(there.background());
    const [child] = here.withCancel(parent);
    const [fromSignal] = here.withCancel(parent.signal);
    cancel();
    expect(child.err).toBe(parent.err);
    expect(here.cause(child)).toBe(parent.err);
    expect(fromSignal.err).toBe(parent.err);
    expect(here.withCancel(parent)[0].err).toBe(parent.err);
  });

  it('keep the deadline, and the error when it has passed', () => {
    vi.useFakeTimers();
    const [parent] = there.withTimeoutCause(there.background(), 50, 'slow');
    // The bare signal comes first and knows nothing but the reason.
    here.from(parent.signal);
    const [child] = here.withTimeout(parent, 100);
    expect(child.deadline).toBe(parent.deadline);
    vi.advanceTimersByTime(50);
    expect(child.err).toBe(parent.err);
    expect(here.isDeadlineExceeded(child.err)).toBe(true);
    expect(here.cause(child)).toBe('slow');
  });

  it('find each other’s values, whatever made the key', () => {
    const key = there.createKey<number>('key');
    const own = here.createKey<number>('key');
    const parent = there.withValue(there.background(), key, 1);
    const [child] = here.withCancel(here.withValue(parent, own, 2));
    expect(child.value(key)).toBe(1);
    expect(child.value(own)).toBe(2);
    expect(here.withValue(child, key, 3).value(key)).toBe(3);
    expect(there.withoutCancel(child).value(own)).toBe(2);
  });

  it('describe the whole chain', () => {
    const key = there.createKey<number>('key');
    const [parent] = there.withCancel(there.withValue(there.todo(), key, 1));
    const ctx = here.withValue(here.withoutCancel(here.withCancel(parent)[0]), key, 2);
    expect(String(ctx)).toBe(
      'context.TODO.WithValue(key).WithCancel.WithCancel.WithoutCancel.WithValue(key)',
    );
  });

  it('leave nothing on each other', () => {
    const [parent] = there.withCancel(there.background());
    const added = vi.spyOn(parent.signal, 'addEventListener');
    const removed = vi.spyOn(parent.signal, 'removeEventListener');
    const cancels = Array.from({ length: 100 }, () => here.withCancel(parent)[1]);
    for (const cancel of cancels) cancel();
    expect(added).toHaveBeenCalledTimes(1);
    expect(removed).toHaveBeenCalledTimes(1);
  });

  it('may lie upon each other a thousand times: a loop, not a recursion', () => {
    const [root, cancel] = here.withCancelCause(here.background());
    let leaf = root;
    const calls: string[] = [];
    for (let i = 0; i < 1_000; i++) [leaf] = (i % 2 === 0 ? there : here).withCancel(leaf);
    here.afterFunc(leaf, () => calls.push('leaf'));
    cancel('over');
    expect(calls).toEqual(['leaf']);
    expect(here.cause(leaf)).toBe('over');
  });

  it('know each other’s contexts that can never end', () => {
    const endless = there.withoutCancel(there.withValue(there.background(), 'key', 1));
    const [child, cancel] = here.withCancel(endless);
    expect(child.value('key')).toBe(1);
    expect(String(child)).toBe('context.Background.WithValue(key).WithoutCancel.WithCancel');
    expect(String(here.from(there.background()))).toBe('context.Background');
    expect(here.from(there.background()).signal).toBe(here.background().signal);
    expect(here.from(there.todo().signal)).toBe(here.background());
    cancel();
    expect(endless.err).toBeUndefined();
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it('dispose by the symbol that compilers use where the platform has none', async () => {
    // A copy that was loaded on a platform without `Symbol.dispose`.
    const { for: register, iterator, toStringTag } = Symbol;
    const bare = Object.assign(Symbol.bind(undefined), { for: register, iterator, toStringTag });
    vi.stubGlobal('Symbol', bare);
    vi.resetModules();
    const old: typeof here = await import('@gosync/context');
    const [ctx, cancel] = old.withCancel(old.background());
    vi.unstubAllGlobals();
    const dispose: unknown = Reflect.get(cancel, Symbol.for('Symbol.dispose'));
    expect(dispose).toBeTypeOf('function');
    if (typeof dispose === 'function') dispose();
    expect(ctx.err).toBeInstanceOf(old.CanceledError);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Deferred, drain, watch } from '@gosync/testing/microtasks';

describe('Group[Symbol.asyncDispose]() on a runtime without Symbol.asyncDispose', () => {
  beforeEach(() => {
    // Everything that Symbol has, except these.
    const native = Symbol;
    const bare = Object.setPrototypeOf((description?: string) => native(description), native);
    Object.defineProperties(bare, {
      dispose: { value: undefined },
      asyncDispose: { value: undefined },
    });
    vi.stubGlobal('Symbol', bare);
    vi.resetModules();
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it('has the name that compilers of `using` fall back to', async () => {
    const { withContext } = await import('@gosync/errgroup');
    const { background } = await import('@gosync/context');
    vi.unstubAllGlobals();
    const [group, ctx] = withContext(background());
    const end = new Deferred();
    void group.go(() => end.promise);
    expect(Symbol.asyncDispose in group).toBe(false);
    const dispose: unknown = Reflect.get(group, Symbol.for('Symbol.asyncDispose'));
    if (typeof dispose !== 'function') throw new Error('it has not');
    const outcome = watch(Promise.resolve(Reflect.apply(dispose, group, [])));
    expect(ctx.err).toBeDefined();
    end.reject(new Error('failed'));
    await drain();
    expect(outcome.state).toBe('fulfilled');
  });
});

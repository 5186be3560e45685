import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

describe('Stream[Symbol.asyncDispose]() on a runtime without Symbol.asyncDispose', () => {
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

  it('has the name that compilers of `await using` fall back to', async () => {
    const { stream } = await import('@gosync/tasks');
    vi.unstubAllGlobals();
    const results = stream(undefined, [1, 2], (_ctx, item) => item, { limit: 1 });
    expect(await results.next()).toEqual({ done: false, value: 1 });
    expect(Symbol.asyncDispose in results).toBe(false);
    const dispose: unknown = Reflect.get(results, Symbol.for('Symbol.asyncDispose'));
    if (typeof dispose !== 'function') throw new Error('it has not');
    await Reflect.apply(dispose, results, []);
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });
});

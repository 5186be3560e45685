import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

describe('Permit[Symbol.dispose]() on a runtime without Symbol.dispose', () => {
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
    const { Weighted } = await import('@gosync/semaphore');
    vi.unstubAllGlobals();
    const sem = new Weighted(1);
    const permit = await sem.permit();
    const dispose: unknown = Reflect.get(permit, Symbol.for('Symbol.dispose'));
    expect(dispose).toBe(permit.release);
    expect(Symbol.dispose in permit).toBe(false);
    Reflect.apply(permit.release, permit, []);
    expect(sem.available).toBe(1);
  });
});

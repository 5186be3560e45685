import { afterEach, describe, expect, it, vi } from 'vitest';

/** Two copies of everything, as two versions in one program would be. */
async function load() {
  const context = await import('@gosync/context');
  const singleflight = await import('@gosync/singleflight');
  vi.resetModules();
  const otherContext = await import('@gosync/context');
  const otherSingleflight = await import('@gosync/singleflight');
  return { context, singleflight, otherContext, otherSingleflight };
}

afterEach(() => {
  vi.resetModules();
});

describe('two copies of @gosync/singleflight', () => {
  it('are two copies', async () => {
    const { context, singleflight, otherContext, otherSingleflight } = await load();
    expect(singleflight.Group).not.toBe(otherSingleflight.Group);
    expect(context.CanceledError).not.toBe(otherContext.CanceledError);
  });

  it('take each other’s contexts: values arrive, deadlines do not, and callers can leave', async () => {
    const { context, otherContext, otherSingleflight } = await load();
    const { background, createKey, withCancel, withTimeout, withValue } = context;
    const user = createKey<string>('user');
    const [timed] = withTimeout(withValue(background(), user, 'ada'), 1_000_000);
    const [ctx, cancel] = withCancel(timed);
    const group = new otherSingleflight.Group();
    let seen: readonly unknown[] = [];
    let caused: unknown;
    const caller = group.doContext(ctx, 'key', (own) => {
      seen = [own.value(user), own.deadline, own.err];
      otherContext.afterFunc(own, () => {
        caused = otherContext.cause(own);
      });
      return new Promise(() => {});
    });
    expect(seen).toEqual(['ada', undefined, undefined]);
    cancel();
    await expect(caller).rejects.toBe(ctx.err);
    expect(caused).toBe(ctx.err);
    expect(otherContext.isCanceled(caused)).toBe(true);
  });
});

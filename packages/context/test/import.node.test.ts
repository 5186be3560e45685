import { afterEach, describe, expect, it, vi } from 'vitest';
import { countControllers } from './controllers.ts';

// Nothing of the package is imported up here: that is what is tested.

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('importing the package', () => {
  it('makes no AbortController, whose signal takes microseconds', async () => {
    const made = countControllers();
    const { background, withCancel } = await import('@gosync/context');
    const [ctx] = withCancel(background());
    expect(String(ctx)).toBe('context.Background.WithCancel');
    expect(made()).toBe(0);
    expect(ctx.signal.aborted).toBe(false);
    expect(made()).toBe(1);
  });
});

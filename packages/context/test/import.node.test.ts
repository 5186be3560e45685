import { afterEach, describe, expect, it, vi } from 'vitest';

// Nothing of the package is imported up here: that is what is tested.

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('importing the package', () => {
  it('makes no AbortController, whose signal takes microseconds', async () => {
    let made = 0;
    class Counted extends AbortController {
      constructor() {
        super();
        made++;
      }
    }
    vi.stubGlobal('AbortController', Counted);
    const { background, withCancel } = await import('@gosync/context');
    const [ctx] = withCancel(background());
    expect(String(ctx)).toBe('context.Background.WithCancel');
    expect(made).toBe(0);
    expect(ctx.signal.aborted).toBe(false);
    expect(made).toBe(1);
  });
});

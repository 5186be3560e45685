import { afterEach, describe, expect, it, vi } from 'vitest';
import { afterFunc, background, withCancel, withTimeout } from '@gosync/context';

const uncaught: unknown[] = [];
const note = (error: unknown): void => void uncaught.push(error);

/** Calls `f`, and returns what was reported as an uncaught exception meanwhile and in the microtasks behind it. */
async function uncaughtIn(f: () => void): Promise<readonly unknown[]> {
  uncaught.length = 0;
  // The test runner's would fail the run.
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', note);
  try {
    f();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.removeListener('uncaughtException', note);
    for (const other of others) process.on('uncaughtException', other);
  }
  return uncaught;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('what is thrown in the middle of a cancellation', () => {
  it('is reported when a callback throws it, and the next callback is called', async () => {
    const [ctx, cancel] = withCancel(background());
    const error = new Error('from a callback');
    const called: string[] = [];
    afterFunc(ctx, () => {
      throw error;
    });
    afterFunc(ctx, () => called.push('next'));
    expect(await uncaughtIn(cancel)).toEqual([error]);
    expect(called).toEqual(['next']);
  });

  it('is reported when a fake clearTimeout throws it, and the context is done', async () => {
    const [ctx, cancel] = withTimeout(background(), 3_600_000);
    const error = new Error('from clearTimeout');
    vi.stubGlobal('clearTimeout', () => {
      throw error;
    });
    expect(await uncaughtIn(cancel)).toEqual([error]);
    expect(String(ctx.err)).toBe('AbortError: context canceled');
  });
});

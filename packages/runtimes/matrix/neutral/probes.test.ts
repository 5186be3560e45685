// What the platform itself does, asked of its own signals: a test here that fails is a limit of the platform. Tests of
// the packages that need more than it does are excused by ../limits.ts.
import { describe, expect, it } from 'vitest';
import { lacked } from './platform.ts';

const page = 'data:text/plain,hello';

describe('the platform', () => {
  it('has Symbol.dispose and Symbol.asyncDispose', () => {
    expect(lacked).toEqual([]);
  });

  it('has timers that can let the process end', () => {
    const timer: unknown = setTimeout(() => undefined, 0);
    expect(timer).toHaveProperty('unref');
  });

  it('rejects a fetch of a data: URL when its signal is aborted', async () => {
    await expect(fetch(page, { signal: AbortSignal.abort('over') })).rejects.toBe('over');
  });

  it('rejects a fetch that is under way with the reason of its signal', async () => {
    const controller = new AbortController();
    const response = fetch(page, controller);
    controller.abort('over');
    await expect(response).rejects.toBe('over');
  });

  it('ends pipeTo() of a source that is idle when its signal is aborted', async () => {
    const controller = new AbortController();
    const piped = new ReadableStream().pipeTo(new WritableStream(), controller);
    controller.abort('over');
    await expect(piped).rejects.toBe('over');
  }, 2_000);

  it('takes listeners that capture', () => {
    const { signal } = new AbortController();
    expect(() => signal.addEventListener('abort', () => undefined, true)).not.toThrow();
  });
});

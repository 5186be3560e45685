import {
  background,
  cause,
  createKey,
  withCancelCause,
  withTimeout,
  withValue,
} from '@gosync/context';
import { Group, withContext } from '@gosync/errgroup';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Deferred, drain } from '@gosync/testing/microtasks';

const doomed = new Error('group_test: doomed');
const cases = [
  [[], undefined],
  [[undefined], undefined],
  [[doomed], doomed],
  [[doomed, undefined], doomed],
  [[undefined, doomed], doomed],
] as const;

describe('withContext()', () => {
  it.each(cases)(
    'makes a context that is done after wait, whether tasks fail or not: %j [go: TestWithContext]',
    async (errors, want) => {
      const [group, ctx] = withContext(background());
      for (const error of errors) void group.go(() => (error ? Promise.reject(error) : undefined));
      await expect(group.wait().catch((error: unknown) => error)).resolves.toBe(want);
      expect(ctx.err).toBeDefined();
      expect(ctx.signal.aborted).toBe(true);
    },
  );

  it.each(cases)(
    'makes a context whose cause is the error, or else plain canceled: %j [go: TestCancelCause]',
    async (errors, want) => {
      const [group, ctx] = withContext(background());
      for (const error of errors) group.tryGo(() => (error ? Promise.reject(error) : undefined));
      await expect(group.wait().catch((error: unknown) => error)).resolves.toBe(want);
      expect(cause(ctx)).toBe(want ?? ctx.err);
      expect(String(ctx.err)).toBe('AbortError: context canceled');
      expect(ctx.err?.cause).toBe(want);
    },
  );

  it('returns a new Group and a live context below the parent', () => {
    const user = createKey<string>('user');
    const [group, ctx] = withContext(withValue(background(), user, 'Ada'));
    expect(group).toBeInstanceOf(Group);
    expect(ctx.err).toBe(undefined);
    expect(ctx.value(user)).toBe('Ada');
    expect(withContext(ctx)[0]).not.toBe(group);
  });

  it('ends the context of its tasks when the parent ends, and is no error by that alone', async () => {
    const [parent, cancel] = withCancelCause(background());
    const [group, ctx] = withContext(parent);
    const end = new Deferred();
    void group.go(() => end.promise);
    cancel('parent');
    expect(cause(ctx)).toBe('parent');
    end.resolve();
    await expect(group.wait()).resolves.toBe(undefined);
  });

  it('keeps the cause of the parent when a task fails of it', async () => {
    const controller = new AbortController();
    const [group, ctx] = withContext(controller.signal);
    void group.go(async () => {
      await drain(3);
      ctx.signal.throwIfAborted();
    });
    controller.abort('parent');
    await expect(group.wait()).rejects.toBe('parent');
    expect(cause(ctx)).toBe('parent');
  });

  it('does not end the parent when a task fails', async () => {
    const [parent] = withCancelCause(background());
    const [group] = withContext(parent);
    void group.go(() => Promise.reject(doomed));
    await expect(group.wait()).rejects.toBe(doomed);
    expect(parent.err).toBe(undefined);
  });

  it('runs tasks even below a parent that is done', async () => {
    const [group, ctx] = withContext(AbortSignal.abort('over'));
    expect(cause(ctx)).toBe('over');
    const seen: unknown[] = [];
    void group.go((own) => seen.push(cause(own)));
    await expect(group.wait()).resolves.toBe(undefined);
    expect(seen).toEqual(['over']);
  });

  it.each([
    ['an AbortSignal', () => new AbortController().signal],
    ['an AbortController', () => new AbortController()],
    ['a Request', () => new Request('http://localhost/')],
  ])('derives from %s', async (_name, make) => {
    const [group, ctx] = withContext(make());
    void group.go(() => Promise.reject(doomed));
    await expect(group.wait()).rejects.toBe(doomed);
    expect(cause(ctx)).toBe(doomed);
  });

  it('leaves nothing on the parent after wait', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    const [group] = withContext(signal);
    void group.go(() => Promise.resolve());
    expect([added.mock.calls.length, removed.mock.calls.length]).toEqual([1, 0]);
    await group.wait();
    expect([added.mock.calls.length, removed.mock.calls.length]).toEqual([1, 1]);
    expect(removed.mock.calls[0]?.[1]).toBe(added.mock.calls[0]?.[1]);
  });

  it.each([undefined, null, {}, 'ctx'])('throws a TypeError for the parent %o', (parent) => {
    expect(() => Reflect.apply(withContext, undefined, [parent])).toThrow(TypeError);
  });

  describe('below a deadline', () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it('ends with the error of the deadline when tasks pass it on', async () => {
      const [parent, cancel] = withTimeout(background(), 1000);
      const [group, ctx] = withContext(parent);
      void group.go(async () => {
        const aborted = new Deferred();
        ctx.signal.addEventListener('abort', () => aborted.reject(ctx.signal.reason));
        await aborted.promise;
      });
      const waited = group.wait().catch((error: unknown) => error);
      await vi.advanceTimersByTimeAsync(1000);
      await expect(waited).resolves.toBe(parent.err);
      expect(parent.err?.message).toBe('context deadline exceeded');
      cancel();
    });
  });
});

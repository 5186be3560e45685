import { background } from '@gosync/context';
import { Group, withContext } from '@gosync/errgroup';
import { describe, expect, it, vi } from 'vitest';
import { Deferred, drain } from '@gosync/testing/microtasks';

describe('Group.tryGo()', () => {
  it('calls the task at once, with a context of its own, and returns true when there is no limit', async () => {
    const [group, ctx] = withContext(background());
    const f = vi.fn<(...args: unknown[]) => void>();
    for (let i = 0; i < 100; i++) expect(group.tryGo(f)).toBe(true);
    expect(f).toHaveBeenCalledTimes(100);
    const contexts = new Set(f.mock.calls.map(([first]) => first));
    expect(contexts.size).toBe(100);
    expect(contexts.has(ctx)).toBe(false);
    await group.wait();
  });

  it('returns false and calls nothing at the limit', async () => {
    const group = new Group();
    group.setLimit(1);
    const end = new Deferred();
    const f = vi.fn<() => void>();
    expect(group.tryGo(() => end.promise)).toBe(true);
    expect(group.tryGo(f)).toBe(false);
    end.resolve();
    await group.wait();
    await drain();
    expect(f).not.toHaveBeenCalled();
  });

  it('follows the limit as it is set, up to none at all [go: TestTryGo]', async () => {
    const group = new Group();
    const n = 42;
    group.setLimit(n);
    const ends: Deferred[] = [];
    const f = (): Promise<void> => {
      const end = new Deferred();
      ends.push(end);
      return end.promise;
    };
    const endAll = async (): Promise<void> => {
      for (const end of ends.splice(0)) end.resolve();
      await group.wait();
    };

    for (let i = 0; i < n; i++) expect(group.tryGo(f)).toBe(true);
    expect(group.tryGo(f)).toBe(false);
    await endAll();

    expect(group.tryGo(f)).toBe(true);
    await endAll();

    group.setLimit(1);
    expect(group.tryGo(f)).toBe(true);
    expect(group.tryGo(f)).toBe(false);
    await endAll();

    group.setLimit(0);
    for (let i = 0; i < 1 << 10; i++) expect(group.tryGo(f)).toBe(false);
    await endAll();
  });

  it('counts for wait, and its error is an error of the group', async () => {
    const group = new Group();
    const end = new Deferred();
    expect(group.tryGo(() => end.promise)).toBe(true);
    const waited = group.wait();
    end.reject('failed');
    await expect(waited).rejects.toBe('failed');
    expect(
      group.tryGo(() => {
        throw new Error('too late to be kept');
      }),
    ).toBe(true);
    await expect(group.wait()).rejects.toBe('failed');
  });

  it('has room again as soon as a task has ended', async () => {
    const group = new Group();
    group.setLimit(1);
    expect(group.tryGo(() => 'synchronous')).toBe(true);
    const end = new Deferred();
    expect(group.tryGo(() => end.promise)).toBe(true);
    end.resolve();
    await end.promise;
    expect(group.tryGo(() => 'after')).toBe(true);
    await group.wait();
  });

  it('never overtakes what is queued', async () => {
    const group = new Group();
    group.setLimit(2);
    const ends = [new Deferred(), new Deferred()];
    for (const { promise } of ends) void group.go(() => promise);
    const log: string[] = [];
    void group.go(() => log.push('queued'));
    for (const end of ends) end.resolve();
    // From some microtask on there is room; by then the queued task must have begun.
    for (let depth = 0; depth < 10; depth++) {
      await Promise.resolve();
      group.tryGo(() => log.push('tried'));
    }
    await group.wait();
    expect(log.slice(0, 2)).toEqual(['queued', 'tried']);
  });

  it.each([
    [undefined, '[object Undefined]'],
    [{}, '[object Object]'],
  ])('throws a TypeError for %o, and leaves the group as it was', async (f, text) => {
    const [group, ctx] = withContext(background());
    group.setLimit(1);
    expect(() => Reflect.apply(group.tryGo, group, [f])).toThrow(
      new TypeError(`errgroup: task is not a function: ${text}`),
    );
    expect(ctx.err).toBe(undefined);
    group.setLimit(2);
    await expect(group.wait()).resolves.toBe(undefined);
  });
});

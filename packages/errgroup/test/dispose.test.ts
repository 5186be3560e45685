import { afterFunc, background, cause, isCanceled } from '@gosync/context';
import { Group, withContext } from '@gosync/errgroup';
import { describe, expect, it } from 'vitest';
import { Deferred, drain, watch } from '@gosync/testing/microtasks';

describe('Group[Symbol.asyncDispose]()', () => {
  it('cancels the context at once, then waits for every task', async () => {
    const [group, ctx] = withContext(background());
    group.setLimit(1);
    const ends = [new Deferred(), new Deferred()] as const;
    for (const { promise } of ends) void group.go(() => promise);
    const outcome = watch(group[Symbol.asyncDispose]());
    expect(isCanceled(cause(ctx))).toBe(true);
    ends[0].resolve();
    await drain();
    expect(outcome.state).toBe('pending');
    ends[1].resolve();
    await drain();
    expect(outcome).toEqual({ state: 'fulfilled', result: undefined });
  });

  it('does not reject when a task failed before, or fails because of it', async () => {
    const [before] = withContext(background());
    void before.go(() => Promise.reject(new Error('failed')));
    await drain();
    await expect(before[Symbol.asyncDispose]()).resolves.toBe(undefined);

    const [because] = withContext(background());
    void because.go(async (ctx) => {
      const ended = new Deferred();
      afterFunc(ctx, () => ended.reject(cause(ctx)));
      await ended.promise;
    });
    await expect(because[Symbol.asyncDispose]()).resolves.toBe(undefined);
    await expect(because.wait()).rejects.toThrow('context canceled');
  });

  it('keeps the cause when a task failed before', async () => {
    const [group, ctx] = withContext(background());
    const error = new Error('failed');
    void group.go(() => Promise.reject(error));
    await drain();
    await group[Symbol.asyncDispose]();
    expect(cause(ctx)).toBe(error);
  });

  it('waits for the tasks of a group without a context', async () => {
    const group = new Group();
    const end = new Deferred();
    void group.go(() => end.promise);
    const outcome = watch(group[Symbol.asyncDispose]());
    await drain();
    expect(outcome.state).toBe('pending');
    end.reject(new Error('failed'));
    await drain();
    expect(outcome.state).toBe('fulfilled');
    expect(background().err).toBe(undefined);
  });

  it('resolves at once for a group without tasks, and every time it is called', async () => {
    const [group, ctx] = withContext(background());
    await group[Symbol.asyncDispose]();
    await group[Symbol.asyncDispose]();
    await new Group()[Symbol.asyncDispose]();
    expect(ctx.err).toBeDefined();
  });
});

describe('await using', () => {
  it('lets no task outlive the block', async () => {
    const log: string[] = [];
    {
      await using group = new Group();
      void group.go(async () => {
        await drain(5);
        log.push('task ended');
      });
      log.push('block ended');
    }
    log.push('after');
    expect(log).toEqual(['block ended', 'task ended', 'after']);
  });

  it('cancels the tasks when the block throws, waits for them, and passes the error of the block on', async () => {
    const log: string[] = [];
    const work = async (): Promise<void> => {
      const [group] = withContext(background());
      await using _ = group;
      void group.go(async (ctx) => {
        const ended = new Deferred();
        afterFunc(ctx, () => ended.resolve());
        await ended.promise;
        log.push(String(cause(ctx)));
        throw new Error('of the task');
      });
      throw new Error('of the block');
    };
    await expect(work()).rejects.toThrow('of the block');
    expect(log).toEqual(['AbortError: context canceled']);
  });
});

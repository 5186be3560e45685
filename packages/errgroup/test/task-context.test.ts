import {
  afterFunc,
  background,
  cause,
  type Context,
  createKey,
  withCancel,
  withValue,
} from '@gosync/context';
import { Group, withContext } from '@gosync/errgroup';
import { describe, expect, it, vi } from 'vitest';
import { Deferred, drain } from '@gosync/testing/microtasks';

const groups: readonly (readonly [string, () => Group])[] = [
  ['new Group()', () => new Group()],
  ['withContext()', () => withContext(background())[0]],
];

describe.each(groups)('the context of a task of %s', (_title, make) => {
  it('is its own, begun at once or queued', async () => {
    const group = make();
    group.setLimit(2);
    const contexts = new Set<Context>();
    for (let i = 0; i < 4; i++) void group.go((ctx) => Promise.resolve(contexts.add(ctx)));
    await group.wait();
    expect(contexts.size).toBe(4);
    expect(new Set([...contexts].map(({ signal }) => signal)).size).toBe(4);
  });

  it.each<[string, (end: Deferred) => unknown]>([
    ['resolved', ({ promise }) => promise],
    ['rejected', ({ promise }) => promise.then(() => Promise.reject(new Error('failed')))],
  ])(
    'is live while the task runs, and done when it has %s, while others run on',
    async (_outcome, task) => {
      const group = make();
      const [end, other] = [new Deferred(), new Deferred()];
      const called = vi.fn<() => void>();
      let ctx = background();
      void group.go(() => other.promise);
      void group.go((own) => {
        ctx = own;
        afterFunc(own, called);
        return task(end);
      });
      await drain();
      expect(ctx.err).toBe(undefined);
      end.resolve();
      await drain();
      expect(ctx.err?.message).toBe('context canceled');
      expect(ctx.signal.aborted).toBe(true);
      expect(called).toHaveBeenCalledTimes(1);
      other.resolve();
      await group.wait().catch(() => {});
    },
  );

  it('ends with the task when it is first used after an await', async () => {
    const group = make();
    const [middle, end] = [new Deferred(), new Deferred()];
    let signal: AbortSignal | undefined;
    void group.go(() => new Deferred().promise);
    void group.go(async (ctx) => {
      await middle.promise;
      ({ signal } = ctx);
      await end.promise;
    });
    middle.resolve();
    await drain();
    expect(signal?.aborted).toBe(false);
    end.resolve();
    await drain();
    expect(signal?.aborted).toBe(true);
  });

  it.each<[string, () => unknown]>([
    ['returned', () => 1],
    [
      'thrown',
      () => {
        throw new Error('failed');
      },
    ],
  ])('is done when the task has %s at once', (_outcome, task) => {
    const group = make();
    let ctx = background();
    void group.go(() => new Deferred().promise);
    void group.go((own) => {
      ctx = own;
      return task();
    });
    expect(ctx.err?.message).toBe('context canceled');
    expect(ctx.signal.aborted).toBe(true);
  });

  it('is done soon when it is first looked at after the task', async () => {
    const group = make();
    let ctx = background();
    void group.go(() => new Deferred().promise);
    void group.go(async (own) => {
      ctx = own;
    });
    await drain();
    const { signal } = ctx;
    await drain();
    expect(signal.aborted).toBe(true);
    expect(ctx.err?.message).toBe('context canceled');
  });

  it('is not the one of another task, which may outlive it', async () => {
    const group = make();
    const ends = [new Deferred(), new Deferred()] as const;
    const contexts: Context[] = [];
    for (const { promise } of ends) {
      void group.go((ctx) => {
        contexts.push(ctx);
        return promise;
      });
    }
    ends[0].resolve();
    await drain();
    await drain();
    expect(contexts.map((ctx) => (ctx.signal.aborted, ctx.err === undefined))).toHaveLength(2);
    await drain();
    expect(contexts.map((ctx) => ctx.err === undefined)).toEqual([false, true]);
    ends[1].resolve();
    await group.wait();
  });
});

describe('the context of a task', () => {
  it('has the values of the group’s context, and its cause', async () => {
    const user = createKey<string>('user');
    const [group, ctx] = withContext(withValue(background(), user, 'Ada'));
    const error = new Error('first');
    const seen: unknown[] = [];
    void group.go(async (own) => {
      seen.push(own.value(user));
      await drain(5);
      seen.push(cause(own), own.signal.reason);
    });
    void group.go(() => Promise.reject(error));
    await expect(group.wait()).rejects.toBe(error);
    expect(seen).toEqual(['Ada', error, error]);
    expect(cause(ctx)).toBe(error);
  });

  it('is done at once when the parent of the group is', async () => {
    const [parent, cancel] = withCancel(background());
    const [group] = withContext(parent);
    const called = vi.fn<() => void>();
    void group.go(async (ctx) => {
      afterFunc(ctx, called);
      await new Deferred().promise;
    });
    cancel();
    expect(called).toHaveBeenCalledTimes(1);
  });
});

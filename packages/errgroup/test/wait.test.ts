import { background } from '@gosync/context';
import { Group, withContext } from '@gosync/errgroup';
import { describe, expect, it } from 'vitest';
import { Deferred, drain, watch } from '@gosync/testing/microtasks';

const err1 = new Error('errgroup_test: 1');
const err2 = new Error('errgroup_test: 2');

describe('Group.wait()', () => {
  it('resolves with nothing when there never was a task', async () => {
    await expect(new Group().wait()).resolves.toBe(undefined);
  });

  it('resolves when every task has ended, and not before', async () => {
    const group = new Group();
    const ends = Array.from({ length: 3 }, () => new Deferred());
    for (const { promise } of ends) void group.go(() => promise);
    const outcome = watch(group.wait());
    for (const end of ends) {
      await drain();
      expect(outcome.state).toBe('pending');
      end.resolve();
    }
    await drain();
    expect(outcome).toEqual({ state: 'fulfilled', result: undefined });
  });

  it('waits for what is queued', async () => {
    const group = new Group();
    group.setLimit(1);
    const ends = Array.from({ length: 3 }, () => new Deferred());
    for (const { promise } of ends) void group.go(() => promise);
    const outcome = watch(group.wait());
    for (const end of ends) {
      await drain();
      expect(outcome.state).toBe('pending');
      end.resolve();
    }
    await drain();
    expect(outcome.state).toBe('fulfilled');
  });

  it('waits for what was handed over after it was called', async () => {
    const group = new Group();
    const ends = [new Deferred(), new Deferred()] as const;
    void group.go(() => ends[0].promise);
    const outcome = watch(group.wait());
    void group.go(() => ends[1].promise);
    ends[0].resolve();
    await drain();
    expect(outcome.state).toBe('pending');
    ends[1].resolve();
    await drain();
    expect(outcome.state).toBe('fulfilled');
  });

  it('waits for what tasks add, and what those add', async () => {
    const group = new Group();
    let ended = 0;
    const grow = async (depth: number): Promise<void> => {
      await drain(depth);
      if (depth > 0) {
        void group.go(() => grow(depth - 1));
        void group.go(() => grow(depth - 1));
      }
      await drain(1);
      ended++;
    };
    void group.go(() => grow(5));
    await group.wait();
    expect(ended).toBe(2 ** 6 - 1);
  });

  it('waits for what tasks queue at the limit, when they do not wait for it themselves', async () => {
    const group = new Group();
    group.setLimit(1);
    const log: string[] = [];
    void group.go(async () => {
      void group.go(async () => {
        void group.go(() => log.push('grandchild'));
        log.push('child');
      });
      await drain(5);
      log.push('parent');
    });
    await group.wait();
    expect(log).toEqual(['parent', 'child', 'grandchild']);
  });

  it('rejects only when every task has ended', async () => {
    const group = new Group();
    const ends = [new Deferred(), new Deferred()] as const;
    void group.go(() => Promise.reject(err1));
    void group.go(() => ends[0].promise);
    void group.go(() => ends[1].promise);
    const outcome = watch(group.wait());
    await drain();
    expect(outcome.state).toBe('pending');
    ends[0].reject(err2);
    await drain();
    expect(outcome.state).toBe('pending');
    ends[1].resolve();
    await drain();
    expect(outcome).toEqual({ state: 'rejected', result: err1 });
  });

  it.each([
    [[]],
    [[undefined]],
    [[err1]],
    [[err1, undefined]],
    [[err1, undefined, err2]],
    [[undefined, err2, err1]],
  ])(
    'gives the first error so far, between and after tasks: %j [go: TestZeroGroup]',
    async (errors) => {
      const group = new Group();
      let first: Error | undefined;
      for (const error of errors) {
        void group.go(() => (error ? Promise.reject(error) : undefined));
        first ??= error;
        const outcome = watch(group.wait());
        await drain();
        expect(outcome).toEqual({ state: first ? 'rejected' : 'fulfilled', result: first });
      }
      await expect(group.wait().catch((error: unknown) => error)).resolves.toBe(first);
    },
  );

  it('settles every time it is called, however often, during and after', async () => {
    const group = new Group();
    const end = new Deferred();
    void group.go(() => end.promise);
    const during = Array.from({ length: 100 }, () => watch(group.wait()));
    end.reject(err1);
    await drain();
    const after = Array.from({ length: 100 }, () => watch(group.wait()));
    await drain();
    const results = [...during, ...after].map(({ state, result }) => [state, result]);
    expect(results).toEqual(Array.from({ length: 200 }, () => ['rejected', err1]));
  });

  it('can be used again for more tasks after it has resolved', async () => {
    const group = new Group();
    group.setLimit(1);
    for (let round = 0; round < 3; round++) {
      const ends = [new Deferred(), new Deferred()] as const;
      for (const { promise } of ends) void group.go(() => promise);
      const outcome = watch(group.wait());
      ends[0].resolve();
      await drain();
      expect(outcome.state).toBe('pending');
      ends[1].resolve();
      await drain();
      expect(outcome.state).toBe('fulfilled');
    }
  });

  it('keeps the error when the group is used again', async () => {
    const group = new Group();
    void group.go(() => Promise.reject(err1));
    await expect(group.wait()).rejects.toBe(err1);
    const end = new Deferred();
    void group.go(() => end.promise);
    const outcome = watch(group.wait());
    await drain();
    expect(outcome.state).toBe('pending');
    end.reject(err2);
    await drain();
    expect(outcome).toEqual({ state: 'rejected', result: err1 });
  });

  it('cancels the context when all have ended, not before, and before anybody hears of it', async () => {
    const [group, ctx] = withContext(background());
    const end = new Deferred();
    void group.go(() => end.promise);
    const seen = group.wait().then(() => ctx.err?.message);
    await drain();
    expect(ctx.err).toBe(undefined);
    end.resolve();
    await expect(seen).resolves.toBe('context canceled');
  });

  it('cancels the context of a group that has no tasks', async () => {
    const [group, ctx] = withContext(background());
    const waited = group.wait();
    expect(ctx.err?.message).toBe('context canceled');
    await waited;
  });

  it('is what cancels: the context outlives its tasks when nobody waits', async () => {
    const [group, ctx] = withContext(background());
    void group.go(() => Promise.resolve());
    await drain();
    expect(ctx.err).toBe(undefined);
    await group.wait();
    expect(ctx.err).toBeDefined();
  });
});

import { afterFunc, background, type Context, cause, withCancelCause } from '@gosync/context';
import { Group, withContext } from '@gosync/errgroup';
import { describe, expect, it } from 'vitest';
import { Deferred, drain, type Outcome, watch } from '@gosync/testing/microtasks';

const failure = new Error('failed');

/** The two ways in which code hears of the end of a context, in the middle of whatever ended it. */
const ways: readonly (readonly [name: string, on: (ctx: Context, f: () => void) => void])[] = [
  ['afterFunc', (ctx, f) => void afterFunc(ctx, f)],
  ['an abort listener', (ctx, f) => ctx.signal.addEventListener('abort', f)],
];

describe.each(ways)('in %s of the context of the group', (_name, on) => {
  it('go hands over a task that wait waits for, when a task has failed', async () => {
    const [group, ctx] = withContext(background());
    group.setLimit(1);
    const end = new Deferred();
    const log: unknown[] = [];
    on(ctx, () => {
      void group.go((own) => {
        log.push(cause(own));
        return end.promise;
      });
    });
    void group.go(() => Promise.reject(failure));
    const outcome = watch(group.wait());
    await drain();
    expect(log).toEqual([failure]);
    expect(outcome.state).toBe('pending');
    end.resolve();
    await drain();
    expect(outcome).toEqual({ state: 'rejected', result: failure });
  });

  it.each(['before', 'after'])(
    'go hands over a task that wait waits for too, when it is called %s the last task has ended',
    async (when) => {
      const [group, ctx] = withContext(background());
      const end = new Deferred();
      on(ctx, () => void group.go(() => end.promise));
      void group.go(() => Promise.resolve());
      if (when === 'after') await drain();
      const outcome = watch(group.wait());
      await drain();
      expect(ctx.err).toBeDefined();
      expect(outcome.state).toBe('pending');
      end.reject(failure);
      await drain();
      expect(outcome).toEqual({ state: 'rejected', result: failure });
    },
  );

  it('go hands over a task that fails at once, and no failure is lost', async () => {
    for (const error of [undefined, new Error('before')]) {
      const [group, ctx] = withContext(background());
      on(ctx, () => {
        void group.go(() => {
          throw failure;
        });
      });
      void group.go(() => (error ? Promise.reject(error) : undefined));
      await expect(group.wait()).rejects.toBe(error ?? failure);
      expect(cause(ctx)).toBe(error ?? ctx.err);
    }
  });

  it('tryGo finds no room while the failed task has not given back its place, and room at the end', async () => {
    for (const error of [undefined, failure]) {
      const [group, ctx] = withContext(background());
      group.setLimit(1);
      const tried: boolean[] = [];
      on(ctx, () => tried.push(group.tryGo(() => undefined)));
      void group.go(() => (error ? Promise.reject(error) : undefined));
      await expect(group.wait().catch((reason: unknown) => reason)).resolves.toBe(error);
      expect(tried).toEqual([error === undefined]);
    }
  });

  it('setLimit throws when a task has failed, and sets it when all have ended', async () => {
    for (const error of [undefined, failure]) {
      const [group, ctx] = withContext(background());
      const answers: unknown[] = [];
      on(ctx, () => {
        try {
          answers.push(group.setLimit(1));
        } catch (reason) {
          answers.push(reason);
        }
      });
      void group.go(() => (error ? Promise.reject(error) : Promise.resolve()));
      await expect(group.wait().catch((reason: unknown) => reason)).resolves.toBe(error);
      const { promise } = new Deferred();
      const room = [group.tryGo(() => promise), group.tryGo(() => promise)];
      const message = 'errgroup: modify limit while 1 goroutines in the group are still active';
      expect([answers, room]).toEqual(
        error ? [[new Error(message)], [true, true]] : [[undefined], [true, false]],
      );
    }
  });

  it('wait waits for all when a task has failed', async () => {
    const [group, ctx] = withContext(background());
    const outcomes: Outcome[] = [];
    on(ctx, () => outcomes.push(watch(group.wait())));
    const end = new Deferred();
    void group.go(() => end.promise);
    void group.go(() => Promise.reject(failure));
    await drain();
    expect(outcomes.map(({ state }) => state)).toEqual(['pending']);
    end.resolve();
    await drain();
    expect(outcomes).toEqual([{ state: 'rejected', result: failure }]);
  });

  it('wait settles when the last task has ended, with and without an error', async () => {
    for (const error of [undefined, failure]) {
      const [group, ctx] = withContext(background());
      const outcomes: Outcome[] = [];
      on(ctx, () => outcomes.push(watch(group.wait())));
      void group.go(() => (error ? Promise.reject(error) : Promise.resolve()));
      outcomes.push(watch(group.wait()));
      await drain();
      expect(outcomes.map(({ state, result }) => [state, result])).toEqual(
        Array.from({ length: 2 }, () => [error ? 'rejected' : 'fulfilled', error]),
      );
    }
  });

  it('wait settles when the context ends because somebody waits for a group that has no tasks', async () => {
    const [group, ctx] = withContext(background());
    const outcomes: Outcome[] = [];
    on(ctx, () => outcomes.push(watch(group.wait())));
    await group.wait();
    await drain();
    expect(outcomes.map(({ state }) => state)).toEqual(['fulfilled']);
  });

  it('disposing of the group waits for all', async () => {
    const [group, ctx] = withContext(background());
    const outcomes: Outcome[] = [];
    on(ctx, () => outcomes.push(watch(group[Symbol.asyncDispose]())));
    const end = new Deferred();
    void group.go(() => end.promise);
    void group.go(() => Promise.reject(failure));
    await drain();
    expect(outcomes.map(({ state }) => state)).toEqual(['pending']);
    end.resolve();
    await drain();
    expect(outcomes.map(({ state }) => state)).toEqual(['fulfilled']);
  });

  it('go hands over a task that wait waits for, when the parent has ended the context', async () => {
    const [parent, cancel] = withCancelCause(background());
    const [group, ctx] = withContext(parent);
    const end = new Deferred();
    on(ctx, () => void group.go(() => end.promise));
    cancel('parent');
    const outcome = watch(group.wait());
    await drain();
    expect(outcome.state).toBe('pending');
    end.resolve();
    await drain();
    expect(outcome.state).toBe('fulfilled');
  });
});

describe('a task', () => {
  it('may hand over tasks to its own group synchronously, as deep as the stack goes', async () => {
    const group = new Group();
    let ran = 0;
    const nest = (depth: number): void => {
      ran++;
      if (depth > 0) void group.go(() => nest(depth - 1));
    };
    void group.go(() => nest(500));
    await group.wait();
    expect(ran).toBe(501);
  });

  it('may end the context of its own group through the parent without failing it', async () => {
    const [parent, cancel] = withCancelCause(background());
    const [group] = withContext(parent);
    const other = new Deferred();
    void group.go(async (ctx) => {
      afterFunc(ctx, () => other.resolve());
      await other.promise;
    });
    void group.go(() => cancel('enough'));
    await expect(group.wait()).resolves.toBe(undefined);
  });

  it('may add tasks after an await, after others have ended, without a gap in which wait resolves', async () => {
    for (let depth = 0; depth < 20; depth++) {
      const group = new Group();
      group.setLimit(2);
      const end = new Deferred();
      void group.go(async () => {
        await drain(depth);
        await group.go(() => end.promise);
      });
      void group.go(() => drain(10));
      const outcome = watch(group.wait());
      await drain(100);
      expect([depth, outcome.state]).toEqual([depth, 'pending']);
      end.resolve();
      await drain(100);
      expect([depth, outcome.state]).toEqual([depth, 'fulfilled']);
    }
  });
});

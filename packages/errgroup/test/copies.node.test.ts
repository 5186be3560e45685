import * as context from '@gosync/context';
import * as errgroup from '@gosync/errgroup';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Deferred, drain, watch } from '@gosync/testing/microtasks';

/** What a program has that loads the packages twice, as ESM and as CommonJS, or in two versions. */
let otherContext: typeof context;
let otherErrgroup: typeof errgroup;

beforeAll(async () => {
  vi.resetModules();
  otherContext = await import('@gosync/context');
  otherErrgroup = await import('@gosync/errgroup');
});

describe('withContext() of a Context of another copy', () => {
  it('is really given another copy', () => {
    expect(otherContext.CanceledError).not.toBe(context.CanceledError);
    expect(otherErrgroup.Group).not.toBe(errgroup.Group);
  });

  it('ends with the parent, with its cause', async () => {
    const [parent, cancel] = otherContext.withCancelCause(otherContext.background());
    const [group, ctx] = errgroup.withContext(parent);
    const end = new Deferred();
    void group.go((own) => {
      context.afterFunc(own, () => end.reject(context.cause(own)));
      return end.promise;
    });
    cancel('parent');
    expect(context.cause(ctx)).toBe('parent');
    await expect(group.wait()).rejects.toBe('parent');
  });

  it('fails with an error that this copy recognizes when a deadline has passed', async () => {
    const [parent] = otherContext.withTimeout(otherContext.background(), 0);
    const [group, ctx] = errgroup.withContext(parent);
    void group.go(() => Promise.reject(context.cause(ctx)));
    const error = await group.wait().catch((reason: unknown) => reason);
    expect(error).toBe(parent.err);
    expect(context.isDeadlineExceeded(error)).toBe(true);
  });
});

describe('groups of two copies', () => {
  it('cancel each other when one is derived from the other', async () => {
    const [outer, outerCtx] = otherErrgroup.withContext(context.background());
    const [inner, innerCtx] = errgroup.withContext(outerCtx);
    const log: unknown[] = [];
    void inner.go(async () => {
      const ended = new Deferred();
      context.afterFunc(innerCtx, () => ended.resolve());
      await ended.promise;
      log.push(context.cause(innerCtx));
    });
    void outer.go(() => inner.wait());
    void outer.go(() => Promise.reject('failed')); // oxlint-disable-line prefer-promise-reject-errors
    const outcome = watch(outer.wait());
    await drain();
    expect(outcome).toEqual({ state: 'rejected', result: 'failed' });
    expect(log).toEqual(['failed']);
  });
});

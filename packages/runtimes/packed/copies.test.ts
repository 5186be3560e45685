import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as context from '@gosync/context';
import type * as errgroup from '@gosync/errgroup';
import type * as semaphore from '@gosync/semaphore';
import type * as singleflight from '@gosync/singleflight';
import { beforeAll, describe, expect, inject, it } from 'vitest';

const consumer = inject('consumer');
const require = createRequire(join(consumer, 'index.js'));

const cjs: typeof context = require('@gosync/context');
const cjsSemaphore: typeof semaphore = require('@gosync/semaphore');
const cjsErrgroup: typeof errgroup = require('@gosync/errgroup');
const cjsSingleflight: typeof singleflight = require('@gosync/singleflight');
let esm: typeof context;

beforeAll(async () => {
  const entry = join(consumer, 'node_modules/@gosync/context/dist/index.js');
  esm = await import(pathToFileURL(entry).href);
});

/** The text of a context, without what is left of its time: the clock may change that between two looks. */
const chain = (ctx: unknown): string => String(ctx).replace(/ \[.*?\]/, '');

describe('the ESM and the CommonJS copy, loaded at once', () => {
  it('are two copies', () => {
    expect(esm.background()).not.toBe(cjs.background());
    expect(new esm.CanceledError()).not.toBeInstanceOf(cjs.CanceledError);
  });

  it("know each other's errors", () => {
    expect(esm.isCanceled(new cjs.CanceledError())).toBe(true);
    expect(cjs.isCanceled(new esm.CanceledError())).toBe(true);
    expect(esm.isDeadlineExceeded(new cjs.DeadlineExceededError())).toBe(true);
    expect(cjs.isDeadlineExceeded(new esm.DeadlineExceededError())).toBe(true);
    expect(esm.isCanceled(new cjs.DeadlineExceededError())).toBe(false);
  });

  it('make one tree: cancellation, cause, deadline and values come down from the other', () => {
    const key = cjs.createKey<string>('user');
    const [parent, cancel] = cjs.withCancelCause(cjs.withValue(cjs.background(), key, 'Ada'));
    const [timed, stop] = cjs.withTimeout(parent, 60_000);
    const [child] = esm.withCancel(timed);
    expect(child.deadline).toBe(timed.deadline);
    expect(child.value(key)).toBe('Ada');
    expect(chain(child)).toBe(`${chain(timed)}.WithCancel`);
    const seen: unknown[] = [];
    esm.afterFunc(child, () => seen.push(esm.cause(child)));
    const reason = new Error('closing');
    cancel(reason);
    expect(seen).toEqual([reason]);
    expect(child.signal.reason).toBe(reason);
    // One error for the whole tree, as within one copy.
    expect(child.err).toBe(parent.err);
    stop();
  });

  it('tell a deadline of the other from a cancellation', () => {
    const [parent] = cjs.withTimeout(cjs.background(), 0);
    const [child] = esm.withCancel(parent);
    expect(esm.isDeadlineExceeded(child.err)).toBe(true);
    expect(esm.cause(child)).toBe(parent.err);
  });

  it("take the other's bare signal", () => {
    const [parent, cancel] = cjs.withCancel(cjs.background());
    const [child] = esm.withCancel(parent.signal);
    cancel();
    expect(child.err).toBe(parent.err);
  });

  it("take the other's contexts in all packages", async () => {
    const [ctx, cancel] = esm.withCancelCause(esm.background());
    const weighted = new cjsSemaphore.Weighted(0);
    const waiting = weighted.acquire(ctx);
    const [group, groupContext] = cjsErrgroup.withContext(ctx);
    const flight = new cjsSingleflight.Group<string>();
    const call = flight.doContext(ctx, 'key', () => new Promise(() => {}));
    cancel('over');
    await expect(waiting).rejects.toBe('over');
    await expect(call).rejects.toBe('over');
    expect(cjs.cause(groupContext)).toBe('over');
    await group.wait();
  });

  it("know the other's background for a context that never ends", async () => {
    const waiting = new cjsSemaphore.Weighted(1).acquire(esm.background(), 2);
    const settled = waiting.catch((error: unknown) => error);
    const later = new Promise((resolve) => setImmediate(resolve, 'it waits'));
    expect(await Promise.race([settled, later])).toBeInstanceOf(RangeError);
  });
});

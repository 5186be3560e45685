import { runInNewContext } from 'node:vm';
import { background } from '@gosync/context';
import { Group, withContext } from '@gosync/errgroup';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drain } from '@gosync/testing/microtasks';

const unhandled: unknown[] = [];
const note = (reason: unknown): unknown => unhandled.push(reason);

beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});

afterEach(() => {
  process.off('unhandledRejection', note);
});

/** Node tells of unhandled rejections when the microtasks are done, before it goes on to the next phase. */
function nextPhase(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const error = new Error('failed');
const tasks: readonly (() => unknown)[] = [
  () => Promise.reject(error),
  async () => {
    await drain(3);
    throw error;
  },
  () => {
    throw error;
  },
  () => runInNewContext('Promise.reject(new Error("of another realm"))'),
  // oxlint-disable-next-line unicorn/no-thenable -- tasks return those too
  () => ({ then: (_resolve: unknown, reject: (reason: unknown) => void) => reject(error) }),
];

const groups: readonly (readonly [name: string, make: () => Group])[] = [
  ['new Group()', () => new Group()],
  ['withContext()', () => withContext(background())[0]],
];

describe.each(groups)('the failures of a group of %s', (_name, make) => {
  it.each([-1, 1, 2])('are never unhandled when nobody waits, with limit %d', async (limit) => {
    const group = make();
    group.setLimit(limit);
    for (const task of [...tasks, ...tasks]) void group.go(task);
    for (const task of tasks) group.tryGo(task);
    await drain(100);
    await nextPhase();
    expect(unhandled).toEqual([]);
  });

  it('are handled by whoever waits, however many wait and whenever', async () => {
    const group = make();
    for (const task of tasks) void group.go(task);
    const early = Promise.allSettled([group.wait(), group.wait()]);
    await early;
    const late = await Promise.allSettled([group.wait(), group.wait()]);
    expect(late.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await nextPhase();
    expect(unhandled).toEqual([]);
  });

  it('are handled when the group is disposed of', async () => {
    const group = make();
    for (const task of tasks) void group.go(task);
    await group[Symbol.asyncDispose]();
    await group[Symbol.asyncDispose]();
    await nextPhase();
    expect(unhandled).toEqual([]);
  });

  it('are unhandled, once, when somebody asks with wait and drops the answer', async () => {
    const group = make();
    void group.go(() => Promise.reject(error));
    void group.wait();
    await drain(100);
    await nextPhase();
    expect(unhandled).toEqual([error]);
  });
});

describe('a task that a callback of the end hands over, and that ends at once,', () => {
  it('is waited for, and nothing fails unseen', async () => {
    const [group, ctx] = withContext(background());
    const log: unknown[] = [];
    ctx.signal.addEventListener('abort', () => void group.go(() => log.push('handed over')));
    void group.go(() => Promise.resolve());
    await group.wait();
    expect(log).toEqual(['handed over']);
    await nextPhase();
    expect(unhandled).toEqual([]);
  });
});

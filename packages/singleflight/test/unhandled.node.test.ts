import { setImmediate } from 'node:timers/promises';
import { background, withCancelCause } from '@gosync/context';
import { Group } from '@gosync/singleflight';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Upstream } from './upstream.ts';
import { follow } from '@gosync/testing/microtasks';

let others: NodeJS.UnhandledRejectionListener[] = [];
let unhandled: unknown[] = [];
const note = (reason: unknown): void => {
  unhandled.push(reason);
};

beforeEach(() => {
  // Ours alone: the test runner would count them as failures of its own.
  others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', note);
  unhandled = [];
});

afterEach(() => {
  process.off('unhandledRejection', note);
  for (const listener of others) process.on('unhandledRejection', listener);
});

/** Node reports a rejection that nobody handles when the microtask queue is empty. */
async function reported(): Promise<unknown[]> {
  await setImmediate();
  await setImmediate();
  return unhandled;
}

describe('Group and unhandled rejections', () => {
  it('sees one here when a caller does not handle its own', async () => {
    void new Group().do('key', () => Promise.reject('not handled'));
    expect(await reported()).toEqual(['not handled']);
  });

  it('leaves none when f fails after every caller has left', async () => {
    const group = new Group();
    const upstream = new Upstream<never>();
    const [ctx, cancel] = withCancelCause(background());
    const callers = [
      follow(group.doContext(ctx, 'key', upstream.f)),
      follow(group.doContext(ctx, 'key', upstream.f)),
    ];
    cancel('left');
    upstream.call(0).reject('nobody hears');
    expect(await reported()).toEqual([]);
    const left = { status: 'rejected', reason: 'left' };
    expect(callers).toEqual([left, left]);
  });

  it('leaves none when f fails at the same time as its last caller leaves', async () => {
    for (let turns = 0; turns < 10; turns++) {
      const group = new Group();
      const upstream = new Upstream<never>();
      const [ctx, cancel] = withCancelCause(background());
      void follow(group.doContext(ctx, 'key', upstream.f));
      upstream.call(0).reject('from f');
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      cancel('left');
      expect(await reported()).toEqual([]);
    }
  });

  it('leaves none when all callers take results', async () => {
    const group = new Group();
    const callers = [
      group.doChan('key', () => Promise.reject('a result')),
      group.doChan('key', () => Promise.reject('not called')),
    ];
    expect(await reported()).toEqual([]);
    expect(await callers[1]).toEqual({ ok: false, val: undefined, err: 'a result', shared: true });
  });

  it('leaves none when each caller handles its own, whichever way it came', async () => {
    const group = new Group();
    const upstream = new Upstream<never>();
    const [ctx] = withCancelCause(background());
    void follow(group.do('key', upstream.f));
    void follow(group.doContext(ctx, 'key', upstream.f));
    void group.doChan('key', upstream.f);
    upstream.call(0).reject('from f');
    expect(await reported()).toEqual([]);
  });

  it('leaves none when f joins its own call and fails', async () => {
    const group = new Group();
    const outer = group.do('key', () => {
      void follow(group.do('key', () => 1));
      throw new Error('from f');
    });
    void follow(outer);
    expect(await reported()).toEqual([]);
  });
});

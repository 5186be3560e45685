import { background } from '@gosync/context';
import { Group, type Result } from '@gosync/singleflight';
import { describe, expect, it, vi } from 'vitest';
import { Upstream } from './upstream.ts';
import { drain, follow } from '@gosync/testing/microtasks';

describe('Group.doChan()', () => {
  it('resolves with the value as a result [go: TestDoChan]', async () => {
    expect(await new Group<string>().doChan('key', async () => 'bar')).toEqual({
      ok: true,
      val: 'bar',
      err: undefined,
      shared: false,
    });
  });

  it('resolves with the error when f throws, and the process goes on [go: TestPanicDoChan]', async () => {
    const error = new Error('from f');
    const throwing = () => {
      throw error;
    };
    const failed = { ok: false, val: undefined, err: error, shared: false };
    const group = new Group();
    const result = await group.doChan('', throwing);
    expect(result).toEqual(failed);
    expect(result.err).toBe(error);
    expect(await group.doChan('', () => Promise.reject(error))).toEqual(failed);
  });

  it('resolves with the error of a call that do began, and does not call its own f [go: TestPanicDoSharedByDoChan]', async () => {
    const group = new Group();
    const upstream = new Upstream<never>();
    const error = new Error('from do');
    const leader = follow(group.do('', upstream.f));
    const f = vi.fn<() => string>();
    const result = group.doChan('', f);
    upstream.call(0).reject(error);
    expect(await result).toEqual({ ok: false, val: undefined, err: error, shared: true });
    expect(leader).toEqual({ status: 'rejected', reason: error });
    expect(f).not.toHaveBeenCalled();
  });

  it.each([[undefined], [null], [0], ['']])(
    'tells %o as an error from no error by `ok`',
    async (reason) => {
      const result = await new Group().doChan('key', () => Promise.reject(reason));
      expect(result).toEqual({ ok: false, val: undefined, err: reason, shared: false });
    },
  );

  it('tells undefined as a value from an error by `ok`', async () => {
    const result = await new Group().doChan('key', () => undefined);
    expect(result).toEqual({ ok: true, val: undefined, err: undefined, shared: false });
  });

  it('calls f synchronously, with no arguments', () => {
    const f = vi.fn<() => number>();
    void new Group<number>().doChan('key', f);
    expect(f.mock.calls).toEqual([[]]);
  });

  it.each([[undefined], [null], ['f'], [{}]])(
    'resolves with a TypeError when f is %o, a call under way or not',
    async (f) => {
      const group = new Group<string>();
      const upstream = new Upstream<string>();
      const misuse = (): Promise<Result<string>> => Reflect.apply(group.doChan, group, ['key', f]);
      const { err, ...rest } = await misuse();
      expect(err).toBeInstanceOf(TypeError);
      expect(String(err)).toBe(
        `TypeError: singleflight: f is not a function: ${Object.prototype.toString.call(f)}`,
      );
      expect(rest).toEqual({ ok: false, val: undefined, shared: false });
      const caller = group.doChan('key', upstream.f);
      expect(await misuse()).toMatchObject({ ok: false, shared: false });
      upstream.call(0).resolve('undisturbed');
      expect(await caller).toMatchObject({ val: 'undisturbed', shared: false });
    },
  );
});

/** One caller through each method, `leader` first, and what all of them hear. */
function join(leader: 'do' | 'doChan' | 'doContext') {
  const group = new Group<string>();
  const upstream = new Upstream<string>();
  const callers = {
    do: () => follow(group.do('key', upstream.f)),
    doChan: () => follow(group.doChan('key', upstream.f)),
    doContext: () => follow(group.doContext(background(), 'key', upstream.f)),
  };
  const first = callers[leader]();
  return { upstream, heard: [first, callers.do(), callers.doChan(), callers.doContext()] };
}

describe('Group with callers of every kind', () => {
  it.each(['do', 'doChan', 'doContext'] as const)(
    'lets all of them share a value when %s comes first',
    async (leader) => {
      const { upstream, heard } = join(leader);
      expect(upstream.calls).toHaveLength(1);
      upstream.call(0).resolve('v');
      await drain();
      const tuple = { status: 'fulfilled', value: ['v', true] };
      const result = {
        status: 'fulfilled',
        value: { ok: true, val: 'v', err: undefined, shared: true },
      };
      expect(heard).toEqual([leader === 'doChan' ? result : tuple, tuple, result, tuple]);
    },
  );

  it.each(['do', 'doChan', 'doContext'] as const)(
    'lets all of them share an error when %s comes first',
    async (leader) => {
      const { upstream, heard } = join(leader);
      upstream.call(0).reject('e');
      await drain();
      const rejected = { status: 'rejected', reason: 'e' };
      const result = {
        status: 'fulfilled',
        value: { ok: false, val: undefined, err: 'e', shared: true },
      };
      expect(heard).toEqual([leader === 'doChan' ? result : rejected, rejected, result, rejected]);
    },
  );
});

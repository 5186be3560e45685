import { Group } from '@gosync/singleflight';
import { describe, expect, it, vi } from 'vitest';
import { Upstream } from './upstream.ts';
import { drain, follow } from '@gosync/testing/microtasks';

describe('Group.do()', () => {
  it('resolves with the value of f, not shared, when it is the only caller [go: TestDo]', async () => {
    expect(await new Group<string>().do('key', async () => 'bar')).toEqual(['bar', false]);
  });

  it('rejects with the very error of f [go: TestDoErr]', async () => {
    const error = new Error('some error');
    await expect(new Group().do('key', () => Promise.reject(error))).rejects.toBe(error);
  });

  it('calls f once for ten callers that come while it runs [go: TestDoDupSuppress]', async () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const callers = Array.from({ length: 10 }, () => group.do('key', upstream.f));
    await drain();
    expect(upstream.calls).toHaveLength(1);
    upstream.call(0).resolve('bar');
    expect(await Promise.all(callers)).toEqual(Array.from({ length: 10 }, () => ['bar', true]));
    expect(upstream.calls).toHaveLength(1);
  });

  it('calls f again once the call before has ended: it is no cache', async () => {
    const group = new Group<number>();
    let calls = 0;
    const f = async () => ++calls;
    expect(await group.do('key', f)).toEqual([1, false]);
    expect(await group.do('key', f)).toEqual([2, false]);
  });

  it('does not call the f of a caller that joins', async () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const second = vi.fn<() => string>();
    const callers = [group.do('key', upstream.f), group.do('key', second)];
    upstream.call(0).resolve('first');
    expect(await Promise.all(callers)).toEqual([
      ['first', true],
      ['first', true],
    ]);
    expect(second).not.toHaveBeenCalled();
  });

  it('keeps calls of different keys apart', async () => {
    const group = new Group<string>();
    const callers = [group.do('a', async () => 'A'), group.do('b', async () => 'B')];
    expect(await Promise.all(callers)).toEqual([
      ['A', false],
      ['B', false],
    ]);
  });

  it('keeps calls of different groups apart', async () => {
    const callers = [new Group().do('a', async () => 'A'), new Group().do('a', async () => 'B')];
    expect(await Promise.all(callers)).toEqual([
      ['A', false],
      ['B', false],
    ]);
  });

  it('calls f synchronously, with no arguments', () => {
    const f = vi.fn<() => number>();
    void new Group<number>().do('key', f);
    expect(f.mock.calls).toEqual([[]]);
  });

  it('takes a plain value from f', async () => {
    expect(await new Group<number>().do('key', () => 42)).toEqual([42, false]);
  });

  it('resolves with undefined when f returns nothing', async () => {
    const group = new Group<void>();
    const callers = [group.do('key', async () => {}), group.do('key', async () => {})];
    expect(await Promise.all(callers)).toEqual([
      [undefined, true],
      [undefined, true],
    ]);
  });

  it('gives all callers one and the same value', async () => {
    const group = new Group<object>();
    const load = () => group.do('key', async () => ({}));
    const [[first], [second]] = await Promise.all([load(), load()]);
    expect(first).toBe(second);
  });

  it('counts in `shared` who came before the outcome, not after', async () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const first = group.do('key', upstream.f);
    upstream.call(0).resolve('v');
    expect(await first).toEqual(['v', false]);
    const later = group.do('key', upstream.f);
    upstream.call(1).resolve('w');
    expect(await later).toEqual(['w', false]);
  });

  it.each([
    ['value', async () => 'outcome'],
    ['error', () => Promise.reject(new Error('outcome'))],
    ['synchronous value', () => 'outcome'],
    [
      'synchronous throw',
      () => {
        throw new Error('outcome');
      },
    ],
  ])('has freed the key before any caller hears of a %s', async (_kind, f) => {
    const group = new Group<string>();
    const next = new Upstream<string>();
    const again = (): Promise<readonly [string, boolean]> => group.do('key', next.f);
    const callers = [group.do('key', f), group.do('key', f)].map((heard) =>
      heard.then(again, again),
    );
    await drain();
    expect(next.calls).toHaveLength(1);
    next.call(0).resolve('next');
    expect(await Promise.all(callers)).toEqual([
      ['next', true],
      ['next', true],
    ]);
  });
});

describe('Group.do() with an f that fails', () => {
  it('rejects all callers with one error and keeps nobody waiting [go: TestPanicDo]', async () => {
    const group = new Group();
    const error = new Error('invalid memory address');
    const upstream = new Upstream<never>();
    const callers = Array.from({ length: 5 }, () => follow(group.do('key', upstream.f)));
    upstream.call(0).reject(error);
    await drain();
    expect(callers).toEqual(
      Array.from({ length: 5 }, () => ({ status: 'rejected', reason: error })),
    );
    for (const caller of callers) {
      expect(caller.status === 'rejected' && caller.reason).toBe(error);
    }
  });

  it.each([[new TypeError('an error')], ['a string'], [undefined], [null], [0], [{}]])(
    'hands over %o as it was thrown, not wrapped [go: TestPanicErrorUnwrap]',
    async (thrown) => {
      const group = new Group();
      const throwing = () => {
        throw thrown;
      };
      await expect(group.do('key', throwing)).rejects.toBe(thrown);
      await expect(group.do('key', () => Promise.reject(thrown))).rejects.toBe(thrown);
    },
  );

  it.each<[string, () => string]>([
    ['returns at once', () => 'outcome'],
    [
      'throws at once',
      () => {
        throw new Error('outcome');
      },
    ],
  ])('lets callers of the same turn join when f %s', async (_title, f) => {
    const group = new Group<string>();
    const spy = vi.fn<() => string>(f);
    const callers = Array.from({ length: 10 }, () => group.doChan('key', spy));
    const results = await Promise.all(callers);
    expect(spy).toHaveBeenCalledTimes(1);
    expect(new Set(results.map(({ val, err }) => val ?? err)).size).toBe(1);
    expect(results.every(({ shared }) => shared)).toBe(true);
    await group.doChan('key', spy);
    expect(spy).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['has no prototype', Object.create(null)],
    [
      'has a tag that throws',
      {
        get [Symbol.toStringTag]() {
          throw new Error('tag');
        },
      },
    ],
    [
      'cannot be read',
      (() => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      })(),
    ],
  ])('rejects with a TypeError when f is an object that %s', async (_title, f) => {
    const call: Promise<unknown> = Reflect.apply(Group.prototype.do, new Group(), ['key', f]);
    await expect(call).rejects.toThrow(/^singleflight: f is not a function: /);
  });

  it('rejects, and does not throw, when f throws synchronously', async () => {
    const group = new Group();
    const error = new Error('synchronous');
    const throwing = () => {
      throw error;
    };
    let promise: Promise<unknown> | undefined;
    expect(() => {
      promise = group.do('key', throwing);
    }).not.toThrow();
    await expect(promise).rejects.toBe(error);
    expect(await group.do('key', () => 'again')).toEqual(['again', false]);
  });

  it.each([[undefined], [null], ['f'], [{}], [Promise.resolve()]])(
    'rejects with a TypeError when f is %o, a call under way or not',
    async (f) => {
      const group = new Group<string>();
      const upstream = new Upstream<string>();
      const misuse = () => Reflect.apply(group.do, group, ['key', f]);
      await expect(misuse()).rejects.toThrow(
        `singleflight: f is not a function: ${Object.prototype.toString.call(f)}`,
      );
      const caller = group.do('key', upstream.f);
      await expect(misuse()).rejects.toThrow(TypeError);
      upstream.call(0).resolve('undisturbed');
      expect(await caller).toEqual(['undisturbed', false]);
    },
  );
});

describe('Group.forget()', () => {
  it('makes the next caller call anew, and the end of the old call leaves that alone [go: TestForget]', async () => {
    const group = new Group<number>();
    const upstream = new Upstream<number>();
    const first = group.do('key', upstream.f);
    group.forget('key');
    const second = group.doChan('key', upstream.f);
    upstream.call(0).resolve(1);
    expect(await first).toEqual([1, false]);
    const third = group.doChan('key', () => 3);
    upstream.call(1).resolve(2);
    const result = { ok: true, val: 2, err: undefined, shared: true };
    expect(await Promise.all([second, third])).toEqual([result, result]);
    expect(upstream.calls).toHaveLength(2);
  });

  it('leaves the callers of the old call their outcome, also when the new one ends first', async () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const old = [group.do('key', upstream.f), group.do('key', upstream.f)];
    group.forget('key');
    const fresh = group.do('key', upstream.f);
    upstream.call(1).resolve('new');
    expect(await fresh).toEqual(['new', false]);
    upstream.call(0).resolve('old');
    expect(await Promise.all(old)).toEqual([
      ['old', true],
      ['old', true],
    ]);
  });

  it('frees the key when the old call fails later', async () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    const old = follow(group.do('key', upstream.f));
    group.forget('key');
    const fresh = [group.do('key', upstream.f)];
    upstream.call(0).reject('old');
    await drain();
    fresh.push(group.do('key', upstream.f));
    upstream.call(1).resolve('new');
    expect(await Promise.all(fresh)).toEqual([
      ['new', true],
      ['new', true],
    ]);
    expect(old).toEqual({ status: 'rejected', reason: 'old' });
  });

  it('forgets from inside f, before f has returned', async () => {
    const group = new Group<string>();
    const outer = group.do('key', async () => {
      group.forget('key');
      return 'outer';
    });
    const inner = group.do('key', async () => 'inner');
    expect(await Promise.all([outer, inner])).toEqual([
      ['outer', false],
      ['inner', false],
    ]);
  });

  it('does nothing for a key without a call, and leaves other keys alone', async () => {
    const group = new Group<string>();
    const upstream = new Upstream<string>();
    expect(group.forget('key')).toBeUndefined();
    const callers = [group.do('other', upstream.f)];
    group.forget('key');
    callers.push(group.do('other', upstream.f));
    upstream.call(0).resolve('v');
    expect(await Promise.all(callers)).toEqual([
      ['v', true],
      ['v', true],
    ]);
  });
});

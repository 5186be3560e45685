import { withCancelCause, background } from '@gosync/context';
import { Group } from '@gosync/singleflight';
import { describe, expect, it } from 'vitest';
import { Upstream } from './upstream.ts';
import { drain, follow } from '@gosync/testing/microtasks';

describe('Group with an f that calls for its own key', () => {
  it('lets f join its own call without waiting for it', async () => {
    const group = new Group<string>();
    let inner: Promise<readonly [string, boolean]> | undefined;
    let calls = 0;
    const outer = group.do('key', async () => {
      calls++;
      inner = group.do('key', async () => `call ${++calls}`);
      return 'outer';
    });
    expect(await outer).toEqual(['outer', true]);
    expect(await inner).toEqual(['outer', true]);
    expect(calls).toBe(1);
  });

  it('lets f join after its first await, too', async () => {
    const group = new Group<string>();
    let inner: Promise<readonly [string, boolean]> | undefined;
    const outer = group.do('key', async () => {
      await Promise.resolve();
      inner = group.do('key', async () => 'inner');
      return 'outer';
    });
    expect(await outer).toEqual(['outer', true]);
    expect(await inner).toEqual(['outer', true]);
  });

  it('rejects both when f joins its own call and then throws synchronously', async () => {
    const group = new Group<string>();
    const error = new Error('after joining');
    let inner: Promise<readonly [string, boolean]> | undefined;
    const outer = group.do('key', () => {
      inner = group.do('key', () => 'inner');
      throw error;
    });
    await expect(outer).rejects.toBe(error);
    await expect(inner).rejects.toBe(error);
    expect(await group.do('key', () => 'free')).toEqual(['free', false]);
  });

  it.each([
    ['at once', 0],
    ['later', 3],
  ])('never settles when f waits for itself %s, until the key is forgotten', async (_, turns) => {
    const group = new Group<string>();
    const outer = follow(
      group.do('key', async () => {
        for (let i = 0; i < turns; i++) await Promise.resolve();
        const [value] = await group.do('key', async () => 'inner');
        return value;
      }),
    );
    await drain();
    expect(outer).toEqual({ status: 'pending' });
    group.forget('key');
    expect(await group.do('key', async () => 'fresh')).toEqual(['fresh', false]);
    expect(outer).toEqual({ status: 'pending' });
  });

  it('lets f stop waiting for itself when it joined with a context', async () => {
    const group = new Group<string>();
    const [ctx, cancel] = withCancelCause(background());
    const outer = follow(
      group.do('key', async () => {
        try {
          await group.doContext(ctx, 'key', async () => 'inner');
        } catch (reason) {
          return `gave up: ${String(reason)}`;
        }
        return 'not reached';
      }),
    );
    await drain();
    expect(outer).toEqual({ status: 'pending' });
    cancel('deadlock');
    await drain();
    expect(outer).toEqual({ status: 'fulfilled', value: ['gave up: deadlock', false] });
  });

  it('lets f call for another key', async () => {
    const group = new Group<number>();
    const factorial = async (n: number): Promise<number> => {
      if (n === 0) return 1;
      const [below] = await group.do(String(n - 1), () => factorial(n - 1));
      return n * below;
    };
    expect(await group.do('5', () => factorial(5))).toEqual([120, false]);
  });
});

describe('Group with an f that returns a thenable', () => {
  const error = new Error('from then');
  type Then = (resolve: (value: string) => void, reject: (reason: unknown) => void) => void;

  /** A promise whose `then` is not that of promises. */
  const thenable = (then: Then): PromiseLike<string> =>
    new Proxy(Promise.resolve(''), {
      get: (target, key) => (key === 'then' ? then : Reflect.get(target, key)),
    });

  it.each<[string, Then, PromiseSettledResult<unknown>]>([
    ['resolves', (resolve) => resolve('v'), { status: 'fulfilled', value: ['v', true] }],
    ['rejects', (_, reject) => reject(error), { status: 'rejected', reason: error }],
    [
      'resolves twice',
      (resolve) => {
        resolve('v');
        resolve('w');
      },
      { status: 'fulfilled', value: ['v', true] },
    ],
    [
      'resolves, then rejects',
      (resolve, reject) => {
        resolve('v');
        reject(error);
      },
      { status: 'fulfilled', value: ['v', true] },
    ],
    [
      'resolves, then throws',
      (resolve) => {
        resolve('v');
        throw error;
      },
      { status: 'fulfilled', value: ['v', true] },
    ],
    [
      'throws',
      () => {
        throw error;
      },
      { status: 'rejected', reason: error },
    ],
  ])('takes it once when it %s', async (_title, then, outcome) => {
    const group = new Group<string>();
    let calls = 0;
    const f = () => {
      calls++;
      return thenable(then);
    };
    const callers = [follow(group.do('key', f)), follow(group.do('key', f))];
    await drain();
    expect(callers).toEqual([outcome, outcome]);
    expect(calls).toBe(1);
    expect(await group.do('key', () => 'free')).toEqual(['free', false]);
  });

  it('rejects when reading `then` throws', async () => {
    const group = new Group<string>();
    const trap = new Proxy<PromiseLike<string>>(Promise.resolve(''), {
      get() {
        throw error;
      },
    });
    await expect(group.do('key', () => trap)).rejects.toBe(error);
    expect(await group.do('key', () => 'free')).toEqual(['free', false]);
  });

  it('waits for ever for one that never settles, and forget helps', async () => {
    const group = new Group<string>();
    const stuck = follow(group.do('key', () => thenable(() => {})));
    await drain();
    expect(stuck).toEqual({ status: 'pending' });
    group.forget('key');
    expect(await group.do('key', () => 'fresh')).toEqual(['fresh', false]);
  });
});

describe('Group keys', () => {
  const object = {};
  const symbol = Symbol('key');

  it.each<[string, unknown, unknown]>([
    ['NaN and NaN', NaN, NaN],
    ['0 and -0', 0, -0],
    ['undefined and undefined', undefined, undefined],
    ['null and null', null, null],
    ['an object and itself', object, object],
    ['a symbol and itself', symbol, symbol],
    ['"__proto__" and "__proto__"', '__proto__', ['__proto', '__'].join('')],
    ['"constructor" and "constructor"', 'constructor', 'constructor'],
  ])('are the same: %s', async (_title, key, same) => {
    const group = new Group<string, unknown>();
    const upstream = new Upstream<string>();
    const callers = [group.do(key, upstream.f), group.do(same, upstream.f)];
    expect(upstream.calls).toHaveLength(1);
    upstream.call(0).resolve('v');
    expect(await Promise.all(callers)).toEqual([
      ['v', true],
      ['v', true],
    ]);
    expect(await group.do(key, () => 'free')).toEqual(['free', false]);
  });

  it.each<[string, unknown, unknown]>([
    ['1 and "1"', 1, '1'],
    ['NaN and "NaN"', NaN, 'NaN'],
    ['0 and NaN', 0, NaN],
    ['NaN and undefined', NaN, undefined],
    ['two equal objects', {}, {}],
    ['two symbols of one description', Symbol('key'), Symbol('key')],
    ['undefined and null', undefined, null],
    ['undefined and "undefined"', undefined, 'undefined'],
    ['"__proto__" and Object.prototype', '__proto__', Object.prototype],
  ])('are different: %s', async (_title, key, other) => {
    const group = new Group<string, unknown>();
    const upstream = new Upstream<string>();
    const callers = [group.do(key, upstream.f), group.do(other, upstream.f)];
    expect(upstream.calls).toHaveLength(2);
    group.forget(other);
    upstream.call(0).resolve('v');
    upstream.call(1).resolve('w');
    expect(await Promise.all(callers)).toEqual([
      ['v', false],
      ['w', false],
    ]);
  });

  it('come from nowhere: a new group has none of the keys that objects have', async () => {
    const group = new Group<string>();
    for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(await group.do(key, () => key)).toEqual([key, false]);
    }
  });
});

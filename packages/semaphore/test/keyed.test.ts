import { background, withCancel, withCancelCause } from '@gosync/context';
import { Keyed, type Permit } from '@gosync/semaphore';
import { describe, expect, it, vi } from 'vitest';
import { Deferred, drain, watch } from '@gosync/testing/microtasks';
import { notAWeight, notWeights } from './weights.ts';

function fail(): never {
  throw 'thrown';
}

describe('new Keyed()', () => {
  it('has all units of every key available, and no key in use', () => {
    const keyed = new Keyed(3);
    expect([keyed.size, keyed.available('a'), keyed.waiting('a'), keyed.keys]).toEqual([
      3, 3, 0, 0,
    ]);
  });

  it.each(notWeights)('throws a RangeError when the size is %s', (text, size) => {
    expect(() => Reflect.construct(Keyed, [size])).toThrow(notAWeight('size', text));
  });
});

describe('Keyed.size', () => {
  it('cannot be set', () => {
    const keyed = new Keyed(3);
    expect(Reflect.set(keyed, 'size', 4)).toBe(false);
    expect(keyed.size).toBe(3);
  });
});

describe('Keyed.permit()', () => {
  it('holds units of its key alone', async () => {
    const keyed = new Keyed(3);
    const permit = await keyed.permit(undefined, 'a', 2);
    expect(permit.n).toBe(2);
    expect([keyed.available('a'), keyed.available('b'), keyed.keys]).toEqual([1, 3, 1]);
    permit.release();
    permit.release();
    expect([keyed.available('a'), keyed.keys]).toEqual([3, 0]);
  });

  it('serves the requests for one key in the order of arrival', async () => {
    const keyed = new Keyed(2);
    const held = await keyed.permit(background(), 'a', 2);
    const served: number[] = [];
    const permits: Permit[] = [];
    const serve = async (n: number): Promise<void> => {
      permits.push(await keyed.permit(undefined, 'a', n));
      served.push(n);
    };
    for (const n of [2, 1, 1]) void serve(n);
    expect(keyed.waiting('a')).toBe(3);
    held.release();
    await drain();
    expect([served, keyed.waiting('a')]).toEqual([[2], 2]);
    permits[0]?.release();
    await drain();
    expect([served, keyed.waiting('a'), keyed.keys]).toEqual([[2, 1, 1], 0, 1]);
  });

  it('compares keys as a Map does', async () => {
    const keyed = new Keyed<unknown>(1);
    const object = {};
    const keys = [NaN, 0, '0', '__proto__', undefined, null, object, {}];
    for (const key of keys) await keyed.permit(undefined, key);
    expect(keyed.keys).toBe(keys.length);
    expect([NaN, -0, '__proto__', undefined, object].map((key) => keyed.available(key))).toEqual(
      Array(5).fill(0),
    );
    expect(keyed.available({})).toBe(1);
  });

  it('rejects with the cause when its context ends, and lets go of the key at once', async () => {
    const keyed = new Keyed(2);
    const [ctx, cancel] = withCancelCause(background());
    const waiting = watch(keyed.permit(ctx, 'a', 3));
    expect([keyed.waiting('a'), keyed.keys]).toEqual([1, 1]);
    cancel('enough');
    expect([keyed.waiting('a'), keyed.keys]).toEqual([0, 0]);
    const late = watch(keyed.permit(ctx, 'a'));
    expect(keyed.keys).toBe(0);
    await drain();
    expect(waiting).toEqual({ state: 'rejected', result: 'enough' });
    expect(late).toEqual({ state: 'rejected', result: 'enough' });
  });

  it('keeps the key when a waiter leaves while others hold or wait', async () => {
    const keyed = new Keyed(1);
    const permit = await keyed.permit(undefined, 'a');
    const [ctx, cancel] = withCancel(background());
    watch(keyed.permit(ctx, 'a'));
    cancel();
    expect([keyed.waiting('a'), keyed.keys]).toEqual([0, 1]);
    const next = keyed.permit(undefined, 'a');
    permit.release();
    expect(keyed.keys).toBe(1);
    (await next).release();
    expect(keyed.keys).toBe(0);
  });

  it('refuses more than the size when nothing can end the wait, and keeps no key', async () => {
    const keyed = new Keyed(1);
    await expect(keyed.permit(undefined, 'a', 2)).rejects.toThrow(
      new RangeError('semaphore: acquire would wait for ever: 2 of 1'),
    );
    expect(keyed.keys).toBe(0);
  });

  it.each(notWeights)('rejects with a RangeError when the weight is %s', async (text, n) => {
    const keyed = new Keyed(1);
    const promise: unknown = Reflect.apply(keyed.permit, keyed, [undefined, 'a', n]);
    await expect(promise).rejects.toThrow(notAWeight('weight', text));
    expect(keyed.keys).toBe(0);
  });

  it('rejects with a TypeError when the context is none, a weight for one', async () => {
    const keyed = new Keyed(1);
    for (const ctx of [null, 'a', {}, 1]) {
      await expect(Reflect.apply(keyed.permit, keyed, [ctx, 'a'])).rejects.toThrow(TypeError);
    }
    expect(keyed.keys).toBe(0);
  });

  it('keeps two holders of one unit apart when a foreign context comes back while it is asked', async () => {
    const keyed = new Keyed(1);
    const { signal } = new AbortController();
    const source = {
      get signal(): AbortSignal {
        keyed.tryPermit('a')?.release();
        return signal;
      },
    };
    await keyed.permit(source, 'a');
    expect([keyed.available('a'), keyed.keys, keyed.tryPermit('a')]).toEqual([0, 1, undefined]);
  });

  it('does not let go of a key for a permit of 0 units that is older than its semaphore', async () => {
    const keyed = new Keyed(1);
    const nothing = await keyed.permit(undefined, 'a', 0);
    expect(keyed.keys).toBe(0);
    const permit = await keyed.permit(undefined, 'a');
    nothing.release();
    expect([keyed.available('a'), keyed.keys]).toEqual([0, 1]);
    permit.release();
    expect(keyed.keys).toBe(0);
  });
});

describe('Keyed.tryPermit()', () => {
  it('returns a permit when there is room for the key', () => {
    const keyed = new Keyed(2);
    expect(keyed.tryPermit('a')?.n).toBe(1);
    expect(keyed.tryPermit('b', 2)?.n).toBe(2);
    expect([keyed.available('a'), keyed.available('b'), keyed.keys]).toEqual([1, 0, 2]);
  });

  it('returns undefined when there is no room, or a request is in line, and keeps no key for it', () => {
    const keyed = new Keyed(2);
    expect([keyed.tryPermit('a', 3), keyed.keys]).toEqual([undefined, 0]);
    keyed.tryPermit('a');
    watch(keyed.permit(undefined, 'a', 2));
    expect(keyed.tryPermit('a')).toBe(undefined);
    expect([keyed.available('a'), keyed.waiting('a')]).toEqual([1, 1]);
  });

  it.each(notWeights)('throws a RangeError when the weight is %s', (text, n) => {
    const keyed = new Keyed(1);
    expect(() => Reflect.apply(keyed.tryPermit, keyed, ['a', n])).toThrow(
      notAWeight('weight', text),
    );
    expect(keyed.keys).toBe(0);
  });
});

describe('Keyed.run()', () => {
  it('calls the function synchronously when there is room, and holds the units until it has ended', async () => {
    const keyed = new Keyed(3);
    const { promise, resolve } = new Deferred<string>();
    const f = vi.fn<(...args: unknown[]) => Promise<string>>(() => promise);
    const result = keyed.run(undefined, 'a', 2, f);
    expect(f.mock.calls).toEqual([[]]);
    await drain();
    expect([keyed.available('a'), keyed.keys]).toEqual([1, 1]);
    resolve('done');
    await expect(result).resolves.toBe('done');
    expect([keyed.available('a'), keyed.keys]).toEqual([3, 0]);
  });

  it('takes 1 when no weight is given', async () => {
    const keyed = new Keyed(3);
    await expect(keyed.run(background(), 'a', () => keyed.available('a'))).resolves.toBe(2);
  });

  it('runs one after the other for one key, and side by side for several', async () => {
    const keyed = new Keyed(1);
    const log: string[] = [];
    const work = (key: string) => async (): Promise<void> => {
      log.push(`${key} begins`);
      await drain(3);
      log.push(`${key} ends`);
    };
    await Promise.all(['a', 'a', 'b'].map((key) => keyed.run(undefined, key, work(key))));
    expect(log).toEqual(['a begins', 'b begins', 'a ends', 'b ends', 'a begins', 'a ends']);
    expect(keyed.keys).toBe(0);
  });

  it('releases and rejects with the same error when the function fails', async () => {
    const keyed = new Keyed(1);
    await expect(keyed.run(undefined, 'a', fail)).rejects.toBe('thrown');
    await expect(keyed.run(undefined, 'a', async () => fail())).rejects.toBe('thrown');
    expect(keyed.keys).toBe(0);
  });

  it('never calls the function when its context ends first', async () => {
    const keyed = new Keyed(1);
    const f = vi.fn<() => void>();
    const [ctx, cancel] = withCancelCause(background());
    const permit = keyed.tryPermit('a');
    const outcome = watch(keyed.run(ctx, 'a', f));
    cancel('enough');
    permit?.release();
    await drain();
    expect(outcome).toEqual({ state: 'rejected', result: 'enough' });
    expect(f).not.toHaveBeenCalled();
    expect(keyed.keys).toBe(0);
  });

  it('rejects with a TypeError when it has no function, or no context before its key', async () => {
    const keyed = new Keyed(1);
    const f = vi.fn<() => void>();
    for (const args of [[], [undefined, 'a'], [undefined, 'a', 1], [f, 'a'], [1, 'a', f]]) {
      await expect(Reflect.apply(keyed.run, keyed, args)).rejects.toThrow(TypeError);
    }
    expect(f).not.toHaveBeenCalled();
    expect(keyed.keys).toBe(0);
  });

  it.each(notWeights)('rejects with a RangeError when the weight is %s', async (text, n) => {
    const keyed = new Keyed(1);
    const result: unknown = Reflect.apply(keyed.run, keyed, [undefined, 'a', n, () => undefined]);
    await expect(result).rejects.toThrow(notAWeight('weight', text));
    expect(keyed.keys).toBe(0);
  });
});

import { background, withCancelCause } from '@gosync/context';
import { Weighted } from '@gosync/semaphore';
import { describe, expect, it, vi } from 'vitest';
import { Deferred, drain, watch } from '@gosync/testing/microtasks';
import { notAWeight, notWeights } from './weights.ts';

describe('Weighted.run()', () => {
  it('takes 1 for a function alone', async () => {
    const sem = new Weighted(5);
    await expect(sem.run(() => sem.available)).resolves.toBe(4);
    expect(sem.available).toBe(5);
  });

  it('takes 1 for a context and a function', async () => {
    const sem = new Weighted(5);
    await expect(sem.run(background(), () => sem.available)).resolves.toBe(4);
    await expect(sem.run(new AbortController(), () => sem.available)).resolves.toBe(4);
    expect(sem.available).toBe(5);
  });

  it('takes the weight for a context, a weight and a function', async () => {
    const sem = new Weighted(5);
    await expect(sem.run(background(), 3, () => sem.available)).resolves.toBe(2);
    await expect(sem.run(background(), 0, () => sem.available)).resolves.toBe(5);
    expect(sem.available).toBe(5);
  });

  it('calls the function synchronously and without arguments when there is room', async () => {
    const sem = new Weighted(1);
    const f = vi.fn<(...args: unknown[]) => string>(() => 'result');
    const result = sem.run(f);
    expect(f.mock.calls).toEqual([[]]);
    await expect(result).resolves.toBe('result');
  });

  it('holds the units until the promise of the function has settled', async () => {
    const sem = new Weighted(1);
    const { promise, resolve } = new Deferred<string>();
    const result = sem.run(() => promise);
    await drain();
    expect(sem.available).toBe(0);
    resolve('done');
    await expect(result).resolves.toBe('done');
    expect(sem.available).toBe(1);
  });

  it('has released when its promise settles', async () => {
    const sem = new Weighted(1);
    const seen: number[] = [];
    await sem.run(() => undefined).then(() => seen.push(sem.available));
    await sem.run(() => Promise.reject(new Error('x'))).catch(() => seen.push(sem.available));
    expect(seen).toEqual([1, 1]);
  });

  it.each([
    ['throws', () => { throw 'thrown'; }], // prettier-ignore
    ['rejects', () => Promise.reject('thrown')], // oxlint-disable-line prefer-promise-reject-errors
  ])('releases and rejects with the same error when the function %s', async (_name, f) => {
    const sem = new Weighted(3);
    await expect(sem.run(background(), 2, f)).rejects.toBe('thrown');
    expect(sem.available).toBe(3);
  });

  it.each([undefined, null])('rejects with %s when that is thrown', async (value) => {
    const sem = new Weighted(1);
    const outcome = watch(
      sem.run(() => {
        throw value;
      }),
    );
    await drain();
    expect(outcome).toEqual({ state: 'rejected', result: value });
    expect(sem.available).toBe(1);
  });

  it('waits for a thenable that the function returns', async () => {
    const sem = new Weighted(1);
    const { promise, resolve } = new Deferred<number>();
    const thenable: PromiseLike<number> = {
      // oxlint-disable-next-line unicorn/no-thenable -- it is what the test is about
      then: (onFulfilled, onRejected) => promise.then(onFulfilled, onRejected),
    };
    const outcome = watch(sem.run(() => thenable));
    await drain();
    expect(sem.available).toBe(0);
    resolve(7);
    await drain();
    expect(outcome).toEqual({ state: 'fulfilled', result: 7 });
    expect(sem.available).toBe(1);
  });

  it('queues in order with the other ways to acquire, and calls the function in its turn', async () => {
    const sem = new Weighted(1);
    sem.tryAcquire();
    const log: string[] = [];
    const all = [
      sem.acquire().then(() => (log.push('acquire'), sem.release())),
      sem.run(() => log.push('run')),
      sem.permit().then((permit) => (log.push('permit'), permit.release())),
      sem.run(background(), 1, async () => log.push('run again')),
    ];
    await drain();
    expect(log).toEqual([]);
    sem.release();
    await Promise.all(all);
    expect(log).toEqual(['acquire', 'run', 'permit', 'run again']);
    expect(sem.available).toBe(1);
  });

  it('never calls the function when its context ends first', async () => {
    const sem = new Weighted(1);
    const f = vi.fn<() => void>();
    const [ctx, cancel] = withCancelCause(background());
    sem.tryAcquire();
    const waiting = watch(sem.run(ctx, f));
    cancel('enough');
    sem.release();
    const late = watch(sem.run(ctx, 1, f));
    await drain();
    expect(waiting).toEqual({ state: 'rejected', result: 'enough' });
    expect(late).toEqual({ state: 'rejected', result: 'enough' });
    expect(f).not.toHaveBeenCalled();
    expect(sem.available).toBe(1);
  });

  it('does not stop, or fail, a function that has begun when the context ends', async () => {
    const sem = new Weighted(1);
    const [ctx, cancel] = withCancelCause(background());
    const outcome = watch(
      sem.run(ctx, async () => {
        cancel('too late');
        await drain(5);
        return sem.available;
      }),
    );
    await drain();
    expect(outcome).toEqual({ state: 'fulfilled', result: 0 });
    expect(sem.available).toBe(1);
  });

  it.each(notWeights)('rejects with a RangeError when the weight is %s', async (text, n) => {
    const sem = new Weighted(1);
    const f = vi.fn<() => void>();
    const result: unknown = Reflect.apply(sem.run, sem, [background(), n, f]);
    await expect(result).rejects.toThrow(notAWeight('weight', text));
    expect(f).not.toHaveBeenCalled();
    expect(sem.available).toBe(1);
  });

  it.each([
    [[], '[object Undefined]'],
    [[null], '[object Null]'],
    [[background()], '[object Context]'],
    [[background(), 1], '[object Number]'],
    [[background(), 1, 'f'], '[object String]'],
  ])('rejects with a TypeError for %o, which has no function at its end', async (args, text) => {
    const sem = new Weighted(1);
    await expect(Reflect.apply(sem.run, sem, args)).rejects.toThrow(
      new TypeError(`semaphore: task is not a function: ${text}`),
    );
    expect(sem.available).toBe(1);
  });

  it('takes a weight alone before the function', async () => {
    const sem = new Weighted(5);
    await expect(sem.run(3, () => sem.available)).resolves.toBe(2);
    expect(sem.available).toBe(5);
  });

  it('rejects with the error of f, also when f gave back what it did not hold', async () => {
    const sem = new Weighted(1);
    const failed = sem.run(() => {
      sem.release();
      throw new Error('real');
    });
    await expect(failed).rejects.toThrow('real');
    expect(sem.available).toBe(1);
  });

  it('rejects with a TypeError when the context is none', async () => {
    const sem = new Weighted(1);
    const f = vi.fn<() => void>();
    await expect(Reflect.apply(sem.run, sem, ['ctx', f])).rejects.toThrow(TypeError);
    expect(f).not.toHaveBeenCalled();
    expect(sem.available).toBe(1);
  });
});

import { background, type Context } from '@gosync/context';
import { withContext } from '@gosync/errgroup';
import { afterEach, describe, expect, it } from 'vitest';

const Native = Promise;

/** A promise of another library: it has its own state, and a `then` that is not the platform's. */
class Foreign<T> implements PromiseLike<T> {
  readonly #promise: Promise<T>;

  constructor(executor: ConstructorParameters<typeof Promise<T>>[0]) {
    this.#promise = new Native(executor);
  }

  // oxlint-disable-next-line unicorn/no-thenable -- it is one
  then: PromiseLike<T>['then'] = (...args) => this.#promise.then(...args);

  static resolve<T>(value: T): Foreign<T> {
    return new Foreign((resolve) => resolve(value));
  }

  static reject(reason: unknown): Foreign<never> {
    return new Foreign((_resolve, reject) => reject(reason));
  }
}

afterEach(() => {
  globalThis.Promise = Native;
});

describe('Group with a Promise that was replaced after the import', () => {
  it('ends every task once, keeps the first error, and starts what is queued', async () => {
    const [group] = withContext(background());
    group.setLimit(2);
    const log: string[] = [];
    const signals: AbortSignal[] = [];
    Object.assign(globalThis, { Promise: Foreign });
    const outcomes: PromiseLike<void>[] = [];
    const tasks: ((ctx: Context) => unknown)[] = [
      (ctx) => Foreign.resolve(signals.push(ctx.signal)),
      async () => log.push('async'),
      () => Foreign.reject('foreign'),
      () => Native.resolve(log.push('native')),
      () => log.push('value'),
    ];
    for (const task of tasks) outcomes.push(group.go(task));
    const waiting = group.wait();
    globalThis.Promise = Native;
    for (const outcome of outcomes) await outcome;
    await expect(waiting).rejects.toBe('foreign');
    expect(log).toEqual(['async', 'native', 'value']);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    group.setLimit(1);
  });
});

import { background, withCancel } from '@gosync/context';
import { Group } from '@gosync/singleflight';
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
  it('shares values and errors, and lets callers leave', async () => {
    const group = new Group<string>();
    const [ctx, cancel] = withCancel(background());
    Object.assign(globalThis, { Promise: Foreign });
    const f = (): PromiseLike<string> => Foreign.resolve('value');
    const calls = [
      group.do('key', f),
      group.doChan('key', f),
      group.doContext(background(), 'key', f),
      group.do('throws', () => {
        throw new Error('at once');
      }),
      group.doContext(background(), 'rejects', () => Foreign.reject(new Error('later'))),
      group.doContext(ctx, 'leaves', () => new Native<string>(() => {})),
    ];
    cancel();
    globalThis.Promise = Native;
    const settled = await Promise.allSettled(calls);
    expect(
      settled.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason))),
    ).toEqual([
      ['value', true],
      { ok: true, val: 'value', err: undefined, shared: true },
      ['value', true],
      'Error: at once',
      'Error: later',
      'AbortError: context canceled',
    ]);
  });
});

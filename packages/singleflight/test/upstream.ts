import type { Context } from '@gosync/context';

/** A promise that the test settles. */
export class Deferred<T> {
  resolve: (value: T | PromiseLike<T>) => void = () => {};
  reject: (reason: unknown) => void = () => {};
  readonly promise: Promise<T> = new Promise((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}

/** One call of an {@link Upstream}. */
export class UpstreamCall<V> extends Deferred<V> {
  readonly #ctx: Context | undefined;

  constructor(ctx: Context | undefined) {
    super();
    this.#ctx = ctx;
  }

  /** The context that the call was given. */
  get ctx(): Context {
    if (this.#ctx === undefined) throw new Error('called without a context');
    return this.#ctx;
  }
}

/** A slow function: every call of `f` runs until the test settles it. */
export class Upstream<V> {
  readonly calls: UpstreamCall<V>[] = [];

  readonly f = (ctx?: Context): Promise<V> => {
    const call = new UpstreamCall<V>(ctx);
    this.calls.push(call);
    return call.promise;
  };

  /** The i-th call, which must have been made. */
  call(i: number): UpstreamCall<V> {
    const call = this.calls[i];
    if (call === undefined) throw new Error(`only ${this.calls.length} calls were made`);
    return call;
  }
}

import {
  cause,
  type Context,
  type ContextLike,
  type CancelCauseFunc,
  from,
  withCancelCause,
  withoutCancel,
} from '@gosync/context';
import { Call, type Shared } from './call.ts';
import { Calls } from './calls.ts';
import { failure, type Result } from './result.ts';

type Inspect = (value: unknown, options: object) => string;
/** `shown`: what is being shown. The console finds circles among its own objects only, but it passes options on. */
type Options = { readonly shown?: readonly unknown[] };
type Task<V> = () => V | PromiseLike<V>;

/**
 * Suppresses duplicate calls: while a call for a key is under way, callers with the same key share it.
 *
 * Keys compare as in a `Map`. Nothing is cached: the key is free again before any caller gets the outcome. All
 * callers get the same value or the same error object; copy the value before changing it.
 *
 * A function that calls `do` with its own key, and awaits it, waits for itself for ever.
 *
 * @example Three callers, one call
 * ```ts
 * import { Group } from '@gosync/singleflight';
 *
 * const group = new Group<string>();
 * let calls = 0;
 * const load = () => group.do('user/1', async () => `call ${++calls}`);
 * await Promise.all([load(), load(), load()]);
 * calls; // => 1
 * ```
 *
 * @see Go: https://github.com/golang/sync/blob/ec11c4a/singleflight/singleflight.go#L73
 */
export class Group<V = unknown, K = string> {
  // Invariants:
  // - a call is among the calls only under its key, and only while it has callers and no outcome
  // - one that is not among them any more never comes back
  readonly #calls = new Calls<K, V>();

  static {
    // What `console.log` shows on Node, Deno and Bun: the keys, and how many callers wait for each.
    Object.defineProperty(this.prototype, Symbol.for('nodejs.util.inspect.custom'), {
      value(this: Group, depth: number, { shown = [], ...options }: Options, inspect: Inspect) {
        if (shown.includes(this)) return '[Circular]';
        return inspect(this.#calls.callers(), {
          ...options,
          depth,
          shown: [...shown, this],
        }).replace('Map', 'Group');
      },
    });
  }

  /**
   * Calls `f`, or joins the call that is under way for `key`.
   *
   * **Cancellation**: none; a caller of `do` stays until the call has ended. See {@link Group.doContext}.
   *
   * @param key - Any value that can be a key of a `Map`.
   * @param f - Called synchronously, unless there is a call to join. Callers of the same turn share its outcome even when
   * `f` returns or throws at once.
   * @returns The value, and whether more than one caller was waiting when `f` ended. Rejects with the error of `f`, and with a
   * TypeError when `f` is not a function.
   *
   * @example
   * ```ts
   * import { Group } from '@gosync/singleflight';
   *
   * const group = new Group<number>();
   * const [value, shared] = await group.do('answer', async () => 42);
   * [value, shared]; // => [42, false]
   * ```
   *
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/singleflight/singleflight.go#L91
   */
  do(key: K, f: () => V | PromiseLike<V>): Promise<readonly [value: V, shared: boolean]> {
    return typeof f === 'function' ? this.#join(key, f).promise : Promise.reject(notAFunction(f));
  }

  /**
   * {@link Group.do} with the outcome as a value: the promise never rejects.
   *
   * @example An error is a result
   * ```ts
   * import { Group } from '@gosync/singleflight';
   *
   * const result = await new Group().doChan('key', () => Promise.reject('no such user'));
   * [result.ok, result.err]; // => [false, 'no such user']
   * ```
   *
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/singleflight/singleflight.go#L121
   */
  doChan(key: K, f: () => V | PromiseLike<V>): Promise<Result<V>> {
    if (typeof f !== 'function') return Promise.resolve(failure(notAFunction(f), false));
    const call = this.#join(key, f);
    return call.promise.then(
      ([val, shared]) => ({ ok: true, val, err: undefined, shared }),
      (err: unknown) => failure(err, call.shared === true),
    );
  }

  /**
   * {@link Group.do} for callers that may leave. The context of `f` ends when the last caller has left.
   *
   * **Cancellation**: when a caller's context ends, its promise rejects at once with `cause(ctx)`; the other callers are
   * not disturbed. At the moment when the last caller leaves, the key is free, the context of `f` is canceled with that
   * caller's cause, and the outcome is dropped. Callers of `do` and `doChan` never leave. With a context that is done
   * already, the promise rejects: `f` is not called, and no call is joined.
   *
   * @param ctx - The caller's context. The context of `f` has the values of the first caller's, but neither its
   * cancellation nor its deadline.
   * @param f - As in {@link Group.do}; its context ends only when the last caller has left.
   * @returns As {@link Group.do}. Rejects with a TypeError when `ctx` is not a `ContextLike`.
   *
   * @example One leaves, the other stays
   * ```ts
   * import { Group } from '@gosync/singleflight';
   *
   * const group = new Group<string>();
   * const user = new AbortController();
   * const load = async () => 'data';
   * const first = group.doContext(user.signal, 'key', load);
   * const second = group.doContext(new AbortController().signal, 'key', load);
   * user.abort('left');
   * await first.catch((reason) => console.log(reason));
   * console.log((await second)[0]);
   * // Output:
   * // left
   * // data
   * ```
   *
   * @see Go: none; this is why people leave Go's package.
   */
  doContext(
    ctx: ContextLike,
    key: K,
    f: (ctx: Context) => V | PromiseLike<V>,
  ): Promise<readonly [value: V, shared: boolean]> {
    try {
      if (typeof f !== 'function') throw notAFunction(f);
      // Once: what was handed in may be another object's `signal`, and change.
      const caller = from(ctx);
      const reason = cause(caller);
      if (reason !== undefined) return Promise.reject(reason);
      const [own, cancel] = withCancelCause(withoutCancel(caller));
      const call = this.#join(key, () => f(own), cancel);
      return call.wait(caller, (why) => this.#leave(key, call, why));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /**
   * Makes the next caller for `key` start a new call. Callers that already wait still get the outcome of the old call.
   *
   * @example
   * ```ts
   * import { Group } from '@gosync/singleflight';
   *
   * const group = new Group<string>();
   * const old = group.do('key', async () => 'old');
   * group.forget('key');
   * const [value] = await group.do('key', async () => 'new');
   * [value, (await old)[0]]; // => ['new', 'old']
   * ```
   *
   * @see Go: https://github.com/golang/sync/blob/ec11c4a/singleflight/singleflight.go#L210
   */
  forget(key: K): void {
    this.#calls.remove(key);
  }

  /** Joins the call for `key`, or makes one. */
  #join(key: K, f: Task<V>, cancel?: CancelCauseFunc): Call<V> {
    const found = this.#calls.get(key);
    if (found) {
      found.callers++;
      return found;
    }
    const call = new Call<V>(cancel);
    this.#calls.add(key, call);
    call.begin(this.#run(key, call, f));
    return call;
  }

  async #run(key: K, call: Call<V>, f: Task<V>): Promise<Shared<V>> {
    try {
      const value = await attempt(f);
      // Meanwhile others may have joined or left, and the key may have been taken anew.
      return [value, this.#end(key, call)];
    } catch (error) {
      this.#end(key, call);
      throw error;
    }
  }

  /** There is an outcome: frees the key before anyone hears of it, and says whether it is shared. */
  #end(key: K, call: Call<V>): boolean {
    this.#calls.remove(key, call);
    return (call.shared = call.callers > 1);
  }

  #leave(key: K, call: Call<V>, reason: unknown): void {
    if (call.shared !== undefined || --call.callers > 0) return;
    this.#calls.remove(key, call);
    call.cancel?.(reason);
  }
}

/** What `f` throws at once becomes a rejection: callers of the same turn join it, as they join a value. */
function attempt<V>(f: Task<V>): V | PromiseLike<V> {
  try {
    return f();
  } catch (error) {
    return Promise.reject(error);
  }
}

function notAFunction(f: unknown): TypeError {
  let text: string = typeof f;
  try {
    text = Object.prototype.toString.call(f);
  } catch {
    // A value without a text.
  }
  return new TypeError(`singleflight: f is not a function: ${text}`);
}

import { adopt } from './adopt.ts';
import type { ContextLike } from './context.ts';
import { show } from './errors.ts';
import { microtask, reportUncaught } from './microtask.ts';
import type { Cancelable, Registration } from './node.ts';

class AfterFunc implements Registration {
  owner: Cancelable | undefined = undefined;
  previous: Registration | undefined = undefined;
  next: Registration | undefined = undefined;
  /** Absent once it has been called or stopped. */
  #f: (() => void) | undefined;

  constructor(f: () => void) {
    this.#f = f;
  }

  settle(): void {
    const f = this.#f;
    this.#f = undefined;
    try {
      f?.();
    } catch (error) {
      reportUncaught(error);
    }
  }

  stop(): boolean {
    if (this.#f === undefined) return false;
    this.#f = undefined;
    this.owner?.remove(this);
    return true;
  }
}

/**
 * Calls `f` when `ctx` is done: synchronously while it is being canceled, or in a microtask if it already
 * is. What `f` throws is reported as an uncaught exception.
 *
 * While a callback is registered, a deadline of `ctx` keeps the process alive.
 *
 * **Cost**: registering and stopping are O(1), on a foreign `AbortSignal` too.
 *
 * @param ctx - Any {@link ContextLike}.
 * @param f - Called at most once, without arguments.
 * @returns Go's `stop`: forgets `f`; `true` when that prevented `f` from being called, `false` when `f` has
 * been called or was stopped before.
 * @throws TypeError when `ctx` is not a {@link ContextLike} or `f` not a function.
 *
 * @example Stop listening when the work is done
 * ```ts
 * import { afterFunc, background, withCancel } from '@gosync/context';
 *
 * const [ctx, cancel] = withCancel(background());
 * const stop = afterFunc(ctx, () => console.log('never called'));
 * afterFunc(ctx, () => console.log('called'));
 * stop(); // => true
 * cancel();
 * // Output: called
 * stop(); // => false
 * ```
 *
 * @see Go: https://github.com/golang/go/blob/go1.26.10/src/context/context.go#L325
 */
export function afterFunc(ctx: ContextLike, f: () => void): () => boolean {
  const { cancelable } = adopt(ctx);
  if (typeof f !== 'function')
    throw new TypeError(`context: callback is not a function: ${show(f)}`);
  const registration = new AfterFunc(f);
  if (cancelable?.done()) microtask(() => registration.settle());
  else cancelable?.add(registration);
  return () => registration.stop();
}

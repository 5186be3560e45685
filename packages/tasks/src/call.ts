import type { Context } from '@gosync/context';
import type { TaskContexts } from '@gosync/context/internal';

// All of one kind: a program may replace its `Promise` after this was loaded.
export const NativePromise: PromiseConstructor = Promise;
const { then } = NativePromise.prototype;

/** What runs for each item. */
export type Run = (ctx: Context, item: unknown, index: number) => unknown;

/** Where tasks run, one after the other: what is called at their ends is made once, not for each task. */
export class Place {
  /** Of the task that runs here: the index of its item, and the units that it holds. */
  index = 0;
  units = 0;
  readonly succeeded: (value: unknown) => void;
  readonly failed: (error: unknown) => void;

  constructor(
    succeeded: (place: Place, value: unknown) => void,
    failed: (place: Place, error: unknown) => void,
  ) {
    this.succeeded = (value) => succeeded(this, value);
    this.failed = (error) => failed(this, error);
  }
}

/**
 * Calls `f` for an item, with a context of its own that ends with it. One of the two functions of `place` is called
 * when it has ended: at once, or when the promise that it returned settles.
 */
export function call(contexts: TaskContexts, f: Run, item: unknown, place: Place): void {
  const ctx = contexts.begin();
  const { succeeded, failed } = place;
  let result: unknown;
  try {
    result = f(ctx, item, place.index);
    if (isAwaited(result)) {
      const task = NativePromise.resolve(result);
      contexts.endAfter(ctx, task);
      // Not an async function, which costs more than two closures (`pnpm bench tasks-map`).
      void then.call(task, succeeded, failed);
      return;
    }
  } catch (error) {
    contexts.end(ctx);
    failed(error);
    return;
  }
  contexts.end(ctx);
  succeeded(result);
}

/** Whether a result may be a thenable. To ask for its `then` would be to read that twice. */
export function isAwaited(result: unknown): result is PromiseLike<unknown> {
  return (typeof result === 'object' && result !== null) || typeof result === 'function';
}

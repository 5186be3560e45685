import type { Context } from '@gosync/context';
import type { TaskContexts } from '@gosync/context/internal';

// All of one kind: a program may replace its `Promise` after this was loaded.
export const NativePromise: PromiseConstructor = Promise;
const { then } = NativePromise.prototype;

/** What runs for each item. */
export type Run = (ctx: Context, item: unknown, index: number) => unknown;

/**
 * Calls `f` for an item, with a context of its own that ends with it. One of the two functions is called when it has
 * ended: at once, or when the promise that it returned settles.
 */
export function call(
  contexts: TaskContexts,
  f: Run,
  item: unknown,
  index: number,
  succeeded: (value: unknown) => void,
  failed: (error: unknown) => void,
): void {
  const ctx = contexts.begin();
  let result: unknown;
  try {
    result = f(ctx, item, index);
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

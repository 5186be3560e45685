import type { Context } from '@gosync/context';
import type { TaskContexts } from '@gosync/context/internal';

// All of one kind: a program may replace its `Promise` after this was loaded.
export const NativePromise: PromiseConstructor = Promise;
const { then } = NativePromise.prototype;
export const nativeThen: Promise<unknown>['then'] = then;

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
  let task: unknown;
  try {
    task = start(contexts, f, item, place.index);
  } catch (error) {
    place.failed(error);
    return;
  }
  // Not an async function, which costs more than two closures (`pnpm bench tasks-map`).
  if (task instanceof NativePromise) void nativeThen.call(task, place.succeeded, place.failed);
  else place.succeeded(task);
}

/**
 * Calls `f` for an item, with a context of its own that ends with it. Returns the result; a promise of our own kind
 * when it was a thenable. Throws what `f` throws.
 */
export function start(contexts: TaskContexts, f: Run, item: unknown, index: number): unknown {
  const ctx = contexts.begin();
  try {
    const result = f(ctx, item, index);
    if (isAwaited(result)) {
      const task = NativePromise.resolve(result);
      contexts.endAfter(ctx, task);
      return task;
    }
    contexts.end(ctx);
    return result;
  } catch (error) {
    contexts.end(ctx);
    throw error;
  }
}

/** Whether a result may be a thenable. To ask for its `then` would be to read that twice. */
function isAwaited(result: unknown): result is PromiseLike<unknown> {
  return (typeof result === 'object' && result !== null) || typeof result === 'function';
}

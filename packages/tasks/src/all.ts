import type { ContextLike } from '@gosync/context';
import { checkOptions } from './check.ts';
import { collect } from './map.ts';
import { listTasks, type Result, type TaskRecord, type Tasks, type TaskTuple } from './shape.ts';
import type { Options, Task } from './task.ts';

/**
 * Runs tasks at once and returns their results in the shape in which the tasks came: a tuple or array, or a record.
 *
 * With room a task is called synchronously, in the order of the tasks. When one fails, the context of the others ends
 * with that error as its cause, no further one begins, and the call rejects with that error when all that had begun
 * have ended. Later errors are dropped.
 *
 * **Cancellation**: under a context that is done nothing begins. When `ctx` ends meanwhile, so do the contexts of the
 * tasks, and nothing further begins. The call rejects with `cause(ctx)`, unless all tasks had begun and succeed.
 *
 * @param ctx - Bounds the work; `undefined` for none.
 * @param tasks - Functions, each usually async. An iterable is read to its end before the first is called.
 * @returns A promise that settles when nothing of the call is running. It rejects with a TypeError, before any task
 * begins, when one is not a function.
 *
 * @example Typed one by one, under names of your own
 * ```ts
 * import { all } from '@gosync/tasks';
 *
 * const { user, posts } = await all(undefined, {
 *   user: async () => ({ name: 'ann' }),
 *   posts: async () => [1, 2, 3],
 * });
 * user.name; // => 'ann'
 * posts.length; // => 3
 * ```
 *
 * @example The others stop when one has failed, and have ended when the caller hears of it
 * ```ts
 * import { setTimeout as sleep } from 'node:timers/promises';
 * import { all } from '@gosync/tasks';
 *
 * const slow = all(undefined, [
 *   (ctx) => sleep(60_000, undefined, { signal: ctx.signal }).finally(() => console.log('stopped')),
 *   () => Promise.reject(new Error('disk full')),
 * ]);
 * await slow.catch((err) => console.log(err.message));
 * // Output:
 * // stopped
 * // disk full
 * ```
 *
 * @see Go: none; there a group's tasks write their results to variables.
 */
export function all<const T extends TaskTuple>(
  ctx: ContextLike | undefined,
  tasks: T,
  options?: Options,
): Promise<{ -readonly [K in keyof T]: Result<T[K]> }>;
export function all<T>(
  ctx: ContextLike | undefined,
  tasks: Iterable<Task<T>>,
  options?: Options,
): Promise<T[]>;
export function all<const T extends TaskRecord<T>>(
  ctx: ContextLike | undefined,
  tasks: T,
  options?: Options,
): Promise<{ -readonly [K in keyof T]: Result<T[K]> }>;
export function all(
  ctx: ContextLike | undefined,
  tasks: Tasks,
  options: Options = {},
): Promise<unknown> {
  return run(ctx, tasks, options, false);
}

/**
 * As {@link all}, but a failure stops nobody: each result says whether its task succeeded.
 *
 * **Cancellation**: as with {@link all}. A task that fails after `ctx` has ended counts as stopped by it: the call
 * rejects with `cause(ctx)`.
 *
 * @param ctx - Bounds the work; `undefined` for none.
 * @param tasks - As for {@link all}.
 *
 * @example Each result by itself
 * ```ts
 * import { allSettled } from '@gosync/tasks';
 *
 * const [good, bad] = await allSettled(undefined, [
 *   async () => 'fine',
 *   async () => {
 *     throw new Error('disk full');
 *   },
 * ]);
 * good; // => { status: 'fulfilled', value: 'fine' }
 * bad.status; // => 'rejected'
 * ```
 *
 * @see Go: none; there each task keeps its own error.
 */
export function allSettled<const T extends TaskTuple>(
  ctx: ContextLike | undefined,
  tasks: T,
  options?: Options,
): Promise<{ -readonly [K in keyof T]: PromiseSettledResult<Result<T[K]>> }>;
export function allSettled<T>(
  ctx: ContextLike | undefined,
  tasks: Iterable<Task<T>>,
  options?: Options,
): Promise<PromiseSettledResult<T>[]>;
export function allSettled<const T extends TaskRecord<T>>(
  ctx: ContextLike | undefined,
  tasks: T,
  options?: Options,
): Promise<{ -readonly [K in keyof T]: PromiseSettledResult<Result<T[K]>> }>;
export function allSettled(
  ctx: ContextLike | undefined,
  tasks: Tasks,
  options: Options = {},
): Promise<unknown> {
  return run(ctx, tasks, options, true);
}

function run(
  ctx: ContextLike | undefined,
  tasks: Tasks,
  { limit, semaphore }: Options,
  settle: boolean,
): Promise<unknown> {
  try {
    const options = { limit, semaphore, settle };
    checkOptions(options);
    const { list, keys } = listTasks(tasks);
    const results = collect(ctx, list, (own, _item, i) => list[i]?.(own), options);
    if (!keys) return results;
    return results.then((values) => Object.fromEntries(keys.map((key, i) => [key, values[i]])));
  } catch (error) {
    return Promise.reject(error);
  }
}

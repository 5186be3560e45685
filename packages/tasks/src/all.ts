import type { ContextLike } from '@gosync/context';
import { checkOptions } from './check.ts';
import { collect } from './map.ts';
import { listTasks, type Result, type TaskRecord, type Tasks, type TaskTuple } from './shape.ts';
import type { Options, Task } from './task.ts';

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

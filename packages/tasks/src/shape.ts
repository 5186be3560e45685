import type { Context } from '@gosync/context';
import { checkFunction, show } from './check.ts';
import type { Task } from './task.ts';

/** A list of tasks whose length and types are known. */
export type TaskTuple = readonly Task<unknown>[] | [];
/** Tasks by name. */
export type TaskRecord<T> = { readonly [K in keyof T]: Task<unknown> };
/** What a task results in. */
export type Result<F> = F extends (ctx: Context) => infer R ? Awaited<R> : never;
/** Tasks as callers hand them in. */
export type Tasks = Iterable<Task<unknown>> | TaskRecord<Readonly<Record<string, unknown>>>;

/** Tasks as a list, and the keys of those that came as a record. Throws a TypeError that names what is not a task. */
export function listTasks(tasks: Tasks): {
  readonly list: readonly Task<unknown>[];
  readonly keys: readonly string[] | undefined;
} {
  if (Object(tasks) !== tasks || typeof tasks === 'function') {
    throw new TypeError(`tasks: neither an iterable nor a record of tasks: ${show(tasks)}`);
  }
  const keys = isIterable(tasks) ? undefined : Object.keys(tasks);
  const list = Array.from(isIterable(tasks) ? tasks : Object.values(tasks));
  // Their names only for the message: to put them together takes longer than the check.
  const bad = list.findIndex((task) => typeof task !== 'function');
  if (bad >= 0) checkFunction(`task ${keys ? show(keys[bad]) : bad}`, list[bad]);
  return { list, keys };
}

function isIterable(tasks: Tasks): tasks is Iterable<Task<unknown>> {
  return Symbol.iterator in tasks;
}

import { type Context, background, type ContextLike, from } from '@gosync/context';
import type { Weighted } from '@gosync/semaphore';
import type { ItemOptions } from './task.ts';

/** What is wrong with an argument, for a message. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  // A number or `undefined` by its value, a function or an object by its kind: its text may be long, or throw.
  return Object(value) === value ? Object.prototype.toString.call(value) : String(value);
}

/** The context that a call works under. */
export function parentOf(ctx: ContextLike | undefined): Context {
  return ctx === undefined ? background() : from(ctx);
}

/** Throws when `f` is not a function. */
export function checkFunction(name: string, f: unknown): void {
  if (typeof f !== 'function') throw new TypeError(`tasks: ${name} is not a function: ${show(f)}`);
}

/** Throws when `limit` is not one. */
export function checkLimit(limit: unknown): void {
  if (!(Number.isSafeInteger(limit) && Number(limit) > 0)) {
    throw new RangeError(`tasks: limit is not a positive integer: ${show(limit)}`);
  }
}

/** Throws when an option is not what it says it is. */
export function checkOptions({ limit, semaphore, weight }: ItemOptions<never>): void {
  if (limit !== undefined) checkLimit(limit);
  // By what it does: it may come from another copy of its package.
  if (semaphore !== undefined && typeof Object(semaphore).acquire !== 'function') {
    throw new TypeError(`tasks: semaphore is not a Weighted: ${show(semaphore)}`);
  }
  if (weight === undefined) return;
  checkFunction('weight', weight);
  if (semaphore === undefined) throw new TypeError('tasks: weight without a semaphore');
}

/** Throws when `items` are neither an iterable nor an async iterable. */
export function checkItems(items: unknown): void {
  const { [Symbol.iterator]: sync, [Symbol.asyncIterator]: async } = Object(items);
  if (typeof sync !== 'function' && typeof async !== 'function') {
    throw new TypeError(`tasks: items are not iterable: ${show(items)}`);
  }
}

/** Throws when what a task takes of a semaphore is no weight, or can never be had. */
export function checkWeight(n: number, { size }: Weighted, index: number): void {
  if (!Number.isSafeInteger(n) || n < 0) {
    throw new RangeError(
      `tasks: weight of item ${index} is not a non-negative safe integer: ${show(n)}`,
    );
  }
  if (n > size) throw new RangeError(`tasks: item ${index} weighs ${n} of ${size}`);
}

/** Throws when `ms` is not a time to wait. */
export function checkStagger(ms: unknown): void {
  if (ms === undefined || (typeof ms === 'number' && ms >= 0)) return;
  throw new RangeError(`tasks: stagger is not a number of milliseconds: ${show(ms)}`);
}

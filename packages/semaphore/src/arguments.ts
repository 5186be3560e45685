import type { ContextLike } from '@gosync/context';

/** What a request begins with. */
export type First = ContextLike | number | undefined;
/** What `run` calls. */
export type Task<T> = () => T | PromiseLike<T>;

/** The weight of a request. */
export function weight(first: First, second = 1): number {
  return typeof first === 'number' ? first : second;
}

/** Returns `n` if it is a weight or size, and throws if not. */
export function check(name: string, n: number): number {
  if (Number.isSafeInteger(n) && n >= 0) return n;
  const text = typeof n === 'string' ? JSON.stringify(n) : String(n);
  throw new RangeError(`semaphore: ${name} is not a non-negative safe integer: ${text}`);
}

export function notAFunction(f: unknown): TypeError {
  return new TypeError(`semaphore: task is not a function: ${Object.prototype.toString.call(f)}`);
}

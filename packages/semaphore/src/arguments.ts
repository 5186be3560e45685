import type { ContextLike } from '@gosync/context';

/** What a request begins with. */
export type First = ContextLike | number | undefined;

/** What `run` takes: the request, and the function that it calls. */
export type RunArgs<T> =
  | [f: () => T]
  | [ctxOrN: First, f: () => T]
  | [ctx: ContextLike | undefined, n: number | undefined, f: () => T];

/** The weight of a request, as it was given. */
export function weight(first: First, second = 1): number {
  return typeof first === 'number' ? first : second;
}

/** The weight of a request that is valid. */
export function checkRequest(first: First, second: number | undefined): number {
  if (typeof first === 'number' && second !== undefined) {
    throw new TypeError('semaphore: the context comes first, the weight second');
  }
  return check('weight', weight(first, second));
}

/** What `run` is to acquire, and what to call. */
export function checkRun<T>(args: RunArgs<T>): [first: First, n: number, f: () => T] {
  const f = args[args.length - 1];
  if (typeof f !== 'function') throw new TypeError(`semaphore: task is not a function: ${tag(f)}`);
  if (args.length === 1) return [undefined, 1, f];
  if (args.length === 2)
    return typeof args[0] === 'number' ? [undefined, args[0], f] : [args[0], 1, f];
  return [args[0], args[1] === undefined ? 1 : args[1], f];
}

/** Returns `n` if it is a weight or size, and throws if not. */
export function check(name: string, n: number): number {
  if (Number.isSafeInteger(n) && n >= 0) return n;
  throw new RangeError(`semaphore: ${name} is not a non-negative safe integer: ${show(n)}`);
}

/** How bad input is shown in messages. */
function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return Object(value) === value ? tag(value) : String(value);
}

/** What kind of thing `value` is. Objects may have no text of their own, or throw when they are asked. */
function tag(value: unknown): string {
  try {
    return Object.prototype.toString.call(value);
  } catch {
    return `[${typeof value}]`;
  }
}

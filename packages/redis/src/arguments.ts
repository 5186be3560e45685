import type { ContextLike } from '@gosync/context';

/** What a request begins with. */
export type First = ContextLike | number | undefined;

/** How a value looks in an error. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return Object(value) === value ? Object.prototype.toString.call(value) : String(value);
}

/** Returns `n` if it is a weight or size, and throws if not. */
export function units(name: string, n: number): number {
  if (Number.isSafeInteger(n) && n >= 0) return n;
  throw new RangeError(`redis: ${name} is not a non-negative safe integer: ${show(n)}`);
}

/** Returns `ms` if a timer can run that long, and throws if not. */
export function milliseconds(name: string, ms: number, least: number): number {
  if (Number.isSafeInteger(ms) && ms >= least && ms <= 2_147_483_647) return ms;
  throw new RangeError(`redis: ${name} is not a number of milliseconds from ${least}: ${show(ms)}`);
}

/** Returns `text` if it can be a name, and throws if not. */
export function checkName(what: string, text: string): string {
  if (typeof text === 'string' && text !== '' && !/[{}\n]/.test(text)) return text;
  throw new TypeError(`redis: ${what} is not a name without braces and line ends: ${show(text)}`);
}

/** Returns `value` if it has these methods, and throws if not. */
export function checkMethods<T>(what: string, value: T, ...names: (keyof T & string)[]): T {
  const methods = names.map((name) => (Object(value) === value ? value[name] : undefined));
  if (methods.every((method) => typeof method === 'function')) return value;
  throw new TypeError(`redis: ${what}: ${show(value)}`);
}

/** The weight of a request. */
export function weight(first: First, second = 1): number {
  return typeof first === 'number' ? first : second;
}

export function notAFunction(f: unknown): TypeError {
  return new TypeError(`redis: task is not a function: ${show(f)}`);
}

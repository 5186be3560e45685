import { equals } from '@vitest/expect';

/** Stands in for Node's. */
export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  return equals(a, b, [], true);
}

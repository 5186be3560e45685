import { equals } from '@vitest/expect';

/** Stands in for Node's. */
export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  return equals(a, b, [], true);
}

/** Stands in for Node's, in messages about mismatches. */
export function inspect(value: unknown): string {
  return value instanceof Error ? String(value) : (JSON.stringify(value) ?? typeof value);
}

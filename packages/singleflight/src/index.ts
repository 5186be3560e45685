/**
 * Duplicate call suppression: concurrent callers with the same key share one call. Go's `x/sync/singleflight`,
 * with callers that can leave.
 *
 * It keeps a popular key from stampeding a slow upstream. It is no cache: the next call after the outcome is a
 * new one.
 *
 * Use `do` when callers stay to the end, `doContext` when each has a context of its own; the shared call is
 * canceled when the last of them has left.
 *
 * @example
 * ```ts
 * import { Group } from '@gosync/singleflight';
 *
 * const users = new Group<{ name: string }>();
 * const load = async () => ({ name: 'Ada' });
 * const [[first], [second]] = await Promise.all([users.do('1', load), users.do('1', load)]);
 * first === second; // => true
 * ```
 *
 * @packageDocumentation
 */
export type { Result } from './result.ts';
export { Group } from './singleflight.ts';

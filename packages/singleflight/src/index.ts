/**
 * Concurrent callers with the same key share one call, and each caller may leave. Go's `x/sync/singleflight`.
 *
 * A slow upstream gets one call, however many callers want the same key. A {@link Group} is no cache: when the
 * call has ended, the next caller starts a new one.
 *
 * Use `do` when callers stay until the call has ended, `doContext` when each caller has a context of its own: the
 * shared call is canceled when the last caller has left.
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

/**
 * Groups of tasks that work on one job: the first error is kept, cancels the others' context, and `wait`
 * returns it once all have finished. Go's `x/sync/errgroup`, with its limit.
 *
 * `Promise.all` rejects while the rest is still running and tells it nothing; a group waits, and says so
 * through a context.
 *
 * To bound work across groups, share a `Weighted` of `@gosync/semaphore`. To collect results, let tasks write
 * them where they belong, as in the example.
 *
 * @example
 * ```ts
 * import { background } from '@gosync/context';
 * import { withContext } from '@gosync/errgroup';
 *
 * const [group] = withContext(background());
 * const pages: string[] = [];
 * for (const [i, url] of ['data:,one', 'data:,two'].entries()) {
 *   group.go(async (ctx) => {
 *     const response = await fetch(url, { signal: ctx.signal });
 *     pages[i] = await response.text();
 *   });
 * }
 * await group.wait();
 * pages; // => ['one', 'two']
 * ```
 *
 * @packageDocumentation
 */
export { Group, withContext } from './errgroup.ts';

/**
 * Groups of tasks that do one job: the first error cancels the other tasks, and `wait` rejects with that error
 * when all have ended. Go's `x/sync/errgroup`, with its limit.
 *
 * `Promise.all` rejects while the other promises are still pending, and cannot stop their work. A group cancels
 * its tasks through a context, and waits for them.
 *
 * To bound work across groups, share a `Weighted` of `@gosync/semaphore`. To collect results, let each task write
 * its own, as in the example, or take `map` of `@gosync/tasks`.
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

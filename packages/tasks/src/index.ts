/**
 * `all`, `allSettled`, `any`, `map` and `stream`: what `Promise` and `p-map` do, with cancellation. When a call
 * returns, nothing that it started is running, whether it succeeded or failed.
 *
 * Each task gets a context of its own. It ends when another task has failed, when the caller's context ends, and when
 * the task has ended. `limit` bounds the tasks of one call; a `Weighted` of `@gosync/semaphore` bounds those of many.
 *
 * For tasks that add more tasks, or that do not come from a list, take a group of `@gosync/errgroup`.
 *
 * @example
 * ```ts
 * import { background, withTimeout } from '@gosync/context';
 * import { map } from '@gosync/tasks';
 *
 * const [ctx, cancel] = withTimeout(background(), 5_000);
 * using _ = cancel;
 * const load = async (signal: AbortSignal, url: string) => (await fetch(url, { signal })).text();
 * const urls = ['data:,one', 'data:,two'];
 * await map(ctx, urls, (own, url) => load(own.signal, url), { limit: 10 }); // => ['one', 'two']
 * ```
 *
 * @packageDocumentation
 */
export { all, allSettled } from './all.ts';
export { any, type AnyOptions } from './any.ts';
export { map, type MapOptions } from './map.ts';
export { type Stream, stream, type StreamOptions } from './stream.ts';
export type { ItemOptions, Items, Mapper, Options, Task } from './task.ts';

/**
 * A weighted semaphore: limits what runs at once, by count or by cost, first come first served. Go's
 * `x/sync/semaphore`.
 *
 * A context or an `AbortSignal` ends a wait. Small requests never starve large ones.
 *
 * For a group of tasks that do one job together, with the first error and a limit, take `@gosync/errgroup`,
 * which uses a semaphore. Take the semaphore itself when the limit is shared: between groups, between
 * requests, across a program.
 *
 * @example
 * ```ts
 * import { Weighted } from '@gosync/semaphore';
 *
 * const memory = new Weighted(100); // megabytes
 * {
 *   using permit = await memory.permit(30);
 *   memory.available; // => 70
 * }
 * memory.available; // => 100
 * ```
 *
 * @packageDocumentation
 */
export { Keyed } from './keyed.ts';
export type { Permit } from './permit.ts';
export { Weighted } from './semaphore.ts';

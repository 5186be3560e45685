/**
 * Tasks with results.
 * @packageDocumentation
 */
export { all, allSettled } from './all.ts';
export { any, type AnyOptions } from './any.ts';
export { map, type MapOptions } from './map.ts';
export { type Stream, stream, type StreamOptions } from './stream.ts';
export type { ItemOptions, Items, Mapper, Options, Task } from './task.ts';

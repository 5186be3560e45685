/**
 * Go's `sync.Map`: a map with compound operations (load or store, swap, compare and swap) and an iteration
 * that ends whatever happens to the map meanwhile.
 *
 * In JavaScript nothing runs between two statements, so a plain `Map` needs no lock and is the right choice for most
 * code. Take this for its vocabulary, for code ported from Go, and where a map is changed while it is iterated,
 * across `await`s too: a plain `Map` visits a key again when it is deleted and set meanwhile, for ever.
 *
 * @example
 * ```ts
 * import { SyncMap } from '@gosync/syncmap';
 *
 * const sessions = new SyncMap<string, number>();
 * sessions.loadOrStore('ada', 1); // => [1, false]
 * sessions.loadOrStore('ada', 2); // => [1, true]
 * ```
 *
 * @packageDocumentation
 */
export { SyncMap, SyncMap as Map } from './syncmap.ts';

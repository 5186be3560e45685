/**
 * Go's `sync.Map`: a map with compound operations (load or store, swap, compare and swap) and an iteration
 * that ends even while the map changes.
 *
 * In JavaScript no other code runs between two `await`s, so a plain `Map` needs no lock and is the right choice for
 * most code. Take `SyncMap` for its operations, for code ported from Go, and where a map changes during an
 * iteration: a plain `Map` visits a key again that was deleted and set meanwhile, and may never end.
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

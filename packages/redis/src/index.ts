/**
 * A weighted semaphore, and one call for all callers of a key, across processes: on the Redis or Valkey that you have.
 *
 * What a process holds has a lease: when the process dies, others get its units within that time. A lease cannot
 * keep a program that was stopped from acting too late; for that, each permit has a `fence`.
 *
 * Within one process, take `@gosync/semaphore` and `@gosync/singleflight`.
 *
 * @example
 * ```ts
 * import { Session, SharedWeighted } from '@gosync/redis';
 * import { nodeRedis } from '@gosync/redis/node-redis';
 * import { createClient } from 'redis';
 *
 * const client = await createClient().on('error', console.error).connect();
 * const session = new Session(nodeRedis(client)); // one per process
 * const exports = new SharedWeighted(session, 'exports', 2);
 * await exports.run(async (ctx, permit) => `${permit.n} of 2`); // => '1 of 2'
 * await session.close();
 * client.destroy();
 * ```
 *
 * @packageDocumentation
 */
export type { Codec } from './codec.ts';
export type { Flight, Semaphore } from './contracts.ts';
export type { Driver, Script, Subscription } from './driver.ts';
export {
  LeaseLostError,
  type LeaseLostReason,
  RemoteError,
  ResultTooLargeError,
  SizeConflictError,
  UnavailableError,
} from './errors.ts';
export { Session, type SessionOptions } from './session.ts';
export { SharedGroup, type SharedGroupOptions } from './shared-group.ts';
export type { SharedPermit } from './shared-permit.ts';
export type { SharedState } from './shared-state.ts';
export { SharedWeighted } from './shared-weighted.ts';

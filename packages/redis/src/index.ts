/**
 * A weighted semaphore, and one call for all callers of a key, across processes: on the Redis or Valkey that you have.
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

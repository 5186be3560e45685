import {
  type CancelCauseFunc,
  type Context,
  withCancelCause,
  withoutCancel,
} from '@gosync/context';
import type { Connection } from './connection.ts';
import { type Codec, encodeOutcome, type Outcome } from './codec.ts';
import type { FlightCaller } from './flight-caller.ts';
import type { Lease } from './lease.ts';
import { backoff, pause, unavailable } from './retry.ts';

/** What a shared call does. */
export type FlightTask<V> = (ctx: Context, fence: number) => V | PromiseLike<V>;

export interface FlightOptions<V> {
  /** For how long later callers get the result, in milliseconds. */
  readonly window: number;
  readonly maxBytes: number;
  readonly codec: Codec<V>;
  readonly onUnavailable: 'reject' | 'alone';
}

/** A call that a process takes part in. */
export interface FlightPlan<V> {
  readonly connection: Connection;
  readonly caller: FlightCaller;
  readonly options: FlightOptions<V>;
  /** Gives the call its values, and ends when the last caller of this process has left. */
  readonly own: Context;
  readonly f: FlightTask<V>;
}

/** Calls `f`, and resolves with how it ended. */
async function attempt<V>(f: FlightTask<V>, ctx: Context, fence: number): Promise<Outcome<V>> {
  try {
    return { ok: true, value: await f(ctx, fence), shared: false };
  } catch (error) {
    return { ok: false, error, shared: false };
  }
}

/** What callers get of a process that cannot reach the server. */
export async function alone<V>(plan: FlightPlan<V>, error: unknown): Promise<Outcome<V>> {
  if (plan.options.onUnavailable === 'alone') return attempt(plan.f, plan.own, 0);
  return { ok: false, error: unavailable(error), shared: false };
}

/** One call of the function, for all processes that wait. */
export class Leading<V> {
  readonly fence: number;
  /** Whether the function has ended. */
  finishing = false;
  readonly #plan: FlightPlan<V>;
  readonly #lease: Lease;
  readonly #ctx: Context;
  readonly #cancel: CancelCauseFunc;
  /** How the function ended while this process could rely on its lease; absent before. */
  made: Outcome<V> | undefined;
  /** Whether nobody waits for this call any more: its outcome is dropped. */
  #dropped = false;

  constructor(plan: FlightPlan<V>, lease: Lease, fence: number) {
    this.fence = fence;
    this.#plan = plan;
    this.#lease = lease;
    // The end of its own callers is not the call's: other processes may wait.
    [this.#ctx, this.#cancel] = withCancelCause(withoutCancel(plan.own));
  }

  /** Ends the context of the call, and drops its outcome. */
  drop(reason: unknown): void {
    this.#dropped = true;
    this.#cancel(reason);
  }

  /**
   * Calls the function and tells the server. Resolves with what this process's callers get; with nothing when the call was
   * dropped or the server refuses the outcome: then another call has it.
   */
  async run(): Promise<Outcome<V> | undefined> {
    const outcome = await attempt(this.#plan.f, this.#ctx, this.fence);
    this.finishing = true;
    const { codec, maxBytes, window } = this.#plan.options;
    const [payload, known] = encodeOutcome(outcome, codec, maxBytes);
    if (!this.#dropped && this.#lease.live) this.made = known;
    const keep = Math.max(window, this.#lease.duration);
    try {
      for (let tries = 0; !this.#dropped; tries++) {
        try {
          const args = [this.fence, payload, keep, window > 0 ? 1 : 0];
          const { status, sharers } = await this.#plan.caller.call('finish', args);
          return status === 'ok' ? { ...known, shared: sharers > 1 } : undefined;
        } catch {
          // Until the lease is over: then this is dropped.
          await pause(backoff(tries));
        }
      }
      return undefined;
    } finally {
      this.#cancel();
    }
  }
}

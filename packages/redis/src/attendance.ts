import { cause, type Context } from '@gosync/context';
import { encodeError } from './codec.ts';
import type { FlightCaller, FlightReply, FlightStatus } from './flight-caller.ts';
import type { FlightPlan } from './leading.ts';
import { Lease } from './lease.ts';

/** Tells two of one process apart. */
let tokens = 0;

/** What the server knows of this process at one flight: it has joined, is heard of, and leaves. */
export class Attendance {
  readonly #caller: FlightCaller;
  readonly #own: Context;
  readonly #token = ++tokens;
  readonly lease: Lease;

  constructor(
    plan: Pick<FlightPlan<unknown>, 'caller' | 'own' | 'connection'>,
    expired: () => void,
  ) {
    this.#caller = plan.caller;
    this.#own = plan.own;
    this.lease = new Lease(plan.connection.lease, expired);
  }

  /** Whether callers of this process wait. */
  get isWanted(): boolean {
    return this.#own.err === undefined;
  }

  /** Joins a flight; rejects when patience is over. */
  join(window: number): Promise<FlightReply> {
    return this.#caller.persist('join', [this.#token, window], this.lease);
  }

  /** Goes on with the flight `fence`, as its leader or not; rejects as the client does. */
  goOn(fence: number, leads: boolean): Promise<FlightReply> {
    return leads
      ? this.#caller.call('lead', [this.#token, fence, this.isWanted ? 1 : 0], this.lease)
      : this.#caller.call('follow', [this.#token, fence], this.lease);
  }

  /** Tells the server that nobody of this process waits. Never rejects: the end of the lease tells it too. */
  async leave(fence: number): Promise<FlightStatus | undefined> {
    // Not joined yet.
    if (fence === 0) return undefined;
    try {
      const why = encodeError(cause(this.#own));
      const reply = await this.#caller.call('leave', [this.#token, fence, why]);
      return reply.status;
    } catch {
      return undefined;
    }
  }
}

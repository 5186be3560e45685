import { cause, type Context } from '@gosync/context';
import { monotonic } from './clock.ts';
import { encodeError } from './codec.ts';
import type { FlightCaller, FlightReply, FlightStatus } from './flight-caller.ts';
import type { FlightPlan } from './leading.ts';
import { Lease } from './lease.ts';
import { noAnswer, within } from './retry.ts';

/** Tells two of one process apart. */
let tokens = 0;

/** What the server knows of this process at one flight: it has joined, is heard of, and leaves. */
export class Attendance {
  readonly #caller: FlightCaller;
  readonly #own: Context;
  readonly #token = ++tokens;
  readonly #patience: number;
  readonly lease: Lease;
  /** Since when the server is asked without an answer, at the earliest. */
  #heard = monotonic();

  constructor(
    plan: Pick<FlightPlan<unknown>, 'caller' | 'own' | 'connection'>,
    expired: () => void,
  ) {
    this.#caller = plan.caller;
    this.#own = plan.own;
    this.#patience = plan.connection.patience;
    this.lease = new Lease(plan.connection.lease, expired);
  }

  /** Whether callers of this process wait. */
  get isWanted(): boolean {
    return this.#own.err === undefined;
  }

  /** Joins a flight; rejects when patience is over. */
  async join(window: number): Promise<FlightReply> {
    const reply = await this.#caller.persist('join', [this.#token, window], this.lease);
    this.#heard = monotonic();
    return reply;
  }

  /** Whether the server may be asked once more. */
  get isPatient(): boolean {
    return monotonic() - this.#heard < this.#patience;
  }

  /** It leads no more, and has all patience again to find out who does. */
  beginAnew(): void {
    this.#heard = monotonic();
  }

  /**
   * Goes on with the flight `fence`, as its leader or not. Rejects as the client does, or when the lease of the leader,
   * or patience, is over first.
   */
  async goOn(fence: number, leads: boolean): Promise<FlightReply> {
    const end = leads ? this.lease.sent + this.lease.duration : this.#heard + this.#patience;
    const answer = leads
      ? this.#caller.call('lead', [this.#token, fence, this.isWanted ? 1 : 0], this.lease)
      : this.#caller.call('follow', [this.#token, fence], this.lease);
    const reply = await within(Math.ceil(end - monotonic()), answer, noAnswer(this.#patience));
    this.#heard = monotonic();
    return reply;
  }

  /**
   * Tells the server that nobody of this process waits. Never rejects: the end of the lease tells it too.
   * @param fence - 0 when it is not known whether the server has let it join.
   */
  async leave(fence: number): Promise<FlightStatus | undefined> {
    try {
      const why = encodeError(cause(this.#own));
      const reply = await this.#caller.call('leave', [this.#token, fence, why]);
      return reply.status;
    } catch {
      return undefined;
    }
  }
}

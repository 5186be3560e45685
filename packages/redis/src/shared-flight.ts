import { Attendance } from './attendance.ts';
import { afterFunc, cause } from '@gosync/context';
import { decodeError, decodeOutcome, type Outcome } from './codec.ts';
import { LeaseLostError, type LeaseLostReason, UnavailableError } from './errors.ts';
import type { FlightReply } from './flight-caller.ts';
import { Heartbeat } from './heartbeat.ts';
import { alone, type FlightPlan, Leading } from './leading.ts';
import type { Listener } from './wake.ts';

/** When to try again what could not be sent, in milliseconds. */
const soon = 250;

/**
 * One call for a key, as this process takes part in it.
 *
 *   joining ──▶ leading ── lease lost ──▶ following ── the leader's lease is over ──▶ leading
 *      └───────────┴── there is an outcome, or nobody waits any more ──┴──▶ over
 */
export class SharedFlight<V> implements Listener {
  // Invariants:
  // - leading if and only if `#leading` is there
  // - over implies that nothing is sent any more but a leaving
  readonly #plan: FlightPlan<V>;
  readonly #attendance: Attendance;
  readonly #heartbeat = new Heartbeat(() => this.#beat());
  #settle: (outcome: Outcome<V>) => void = () => undefined;
  /** Of the call that it leads or follows; 0 while joining. */
  #fence = 0;
  /** The last message that came while joining. */
  #early: readonly [head: string, payload: string] | undefined;
  #leading: Leading<V> | undefined;
  /** How its own function ended under a lease that ran out before the server could be told. */
  #made: Outcome<V> | undefined;
  #over = false;

  constructor(plan: FlightPlan<V>) {
    this.#plan = plan;
    this.#attendance = new Attendance(plan, () => this.#lost('expired'));
  }

  /** Takes part until there is an outcome. Never rejects. */
  async run(): Promise<Outcome<V>> {
    const outcome = new Promise<Outcome<V>>((resolve) => {
      this.#settle = resolve;
    });
    const stop = afterFunc(this.#plan.own, () => void this.#left());
    this.#plan.connection.wake.start();
    try {
      this.#take(await this.#attendance.join(this.#plan.options.window));
      // Everybody may have left while it was asked for.
      if (this.#over) void this.#attendance.leave(this.#fence);
    } catch (error) {
      void this.#unavailable(error);
    }
    const ended = await outcome;
    stop();
    return ended;
  }

  hear(head: string, payload: string): void {
    const [kind, fence = 0, sharers = 0] = head.split(' ');
    // While it joins, it does not know yet whether this is about its own call.
    if (this.#fence === 0) this.#early = [head, payload];
    if (this.#over || this.#fence === 0 || Number(fence) < this.#fence) return;
    if (kind === 'end' && this.#leading) this.#abandon(decodeError(payload));
    else if (kind === 'fetch' && !this.#leading) this.#heartbeat.now();
    else if (kind === 'result' && !this.#leading) this.#decode(payload, Number(sharers));
  }

  catchUp(): void {
    if (this.#fence !== 0) this.#heartbeat.now();
  }

  /** The session is closed. */
  async close(): Promise<void> {
    this.#leading?.drop(new LeaseLostError('closed', this.#fence));
    await this.#quit(new UnavailableError('session is closed'));
  }

  #take({ status, fence, sharers, payload }: FlightReply): void {
    if (fence !== 0) this.#fence = fence;
    if (this.#over) return;
    if (status === 'result') return this.#decode(payload, sharers);
    if (status === 'lead' && !this.#leading) void this.#lead();
    this.#heartbeat.within(this.#attendance.lease.duration / 3);
    const early = this.#early;
    this.#early = undefined;
    if (early) this.hear(...early);
  }

  async #lead(): Promise<void> {
    const leading = new Leading(this.#plan, this.#attendance.lease, this.#fence);
    this.#leading = leading;
    this.#attendance.lease.guard();
    const outcome = await leading.run();
    // The lease may have been lost meanwhile; then this process follows, or leads another call.
    if (this.#leading !== leading) return;
    if (outcome) this.#end(outcome);
    else this.#lost('forgotten');
  }

  #lost(reason: LeaseLostReason): void {
    const leading = this.#leading;
    this.#made = leading?.made ?? this.#made;
    this.#leading = undefined;
    this.#attendance.beginAnew();
    leading?.drop(new LeaseLostError(reason, leading.fence));
    this.catchUp();
  }

  /** Nobody waits any more. */
  #abandon(reason: unknown): void {
    this.#leading?.drop(reason);
    this.#end({ ok: false, error: reason, shared: false });
  }

  async #quit(reason: unknown): Promise<void> {
    this.#abandon(reason);
    // While it joins, it leaves when that is answered.
    if (this.#fence !== 0) await this.#attendance.leave(this.#fence);
  }

  #decode(payload: string, sharers: number): void {
    this.#end(decodeOutcome(payload, this.#plan.options.codec, sharers > 1));
  }

  #end(outcome: Outcome<V>): void {
    this.#over = true;
    this.#leading = undefined;
    this.#heartbeat.stop();
    this.#attendance.lease.stop();
    this.#settle(outcome);
  }

  /** The last caller of this process has left. */
  async #left(): Promise<void> {
    if (this.#over) return;
    const reason = cause(this.#plan.own);
    if (!this.#leading) return this.#quit(reason);
    // Callers of other processes may wait: the server knows.
    const status = await this.#attendance.leave(this.#fence);
    if (status === 'end') this.#abandon(reason);
  }

  async #beat(): Promise<number | undefined> {
    if (this.#over) return undefined;
    const leading = this.#leading;
    // There is an outcome, which is being sent.
    if (leading?.finishing && !this.#attendance.lease.stale) return soon;
    try {
      const reply = await this.#attendance.goOn(this.#fence, leading !== undefined);
      // It may have ended, or the lease may have run out, meanwhile.
      if (this.#leading !== leading) return 0;
      if (reply.status === 'lost') this.#lost('forgotten');
      else if (reply.status === 'end') this.#abandon(cause(this.#plan.own));
      else this.#take(reply);
      return this.#attendance.lease.duration / 3;
    } catch (error) {
      if (leading || this.#over || this.#attendance.isPatient) return soon;
      void this.#unavailable(error);
      return undefined;
    }
  }

  /** Nobody else can be heard of. */
  async #unavailable(error: unknown): Promise<void> {
    // A call that the client still keeps may make it join.
    void this.#attendance.leave(this.#fence);
    if (this.#over) return;
    this.#heartbeat.stop();
    // It was valid when it was made, and nobody else can be told.
    this.#end(this.#made ?? (await alone(this.#plan, error)));
  }
}

import { Asking } from './asking.ts';
import { Caller, type OnConflict } from './caller.ts';
import type { Connection } from './connection.ts';
import { UnavailableError } from './errors.ts';
import { Heartbeat } from './heartbeat.ts';
import { Holdings } from './holdings.ts';
import { Lease } from './lease.ts';
import { nextBeat } from './pace.ts';
import { Leaving } from './leaving.ts';
import { grantsOf, type Reply } from './reply.ts';
import { type Outcome, type Request, Requests } from './requests.ts';
import { Renewal } from './renewal.ts';
import type { Listener } from './wake.ts';

/** When to try again what could not be sent, in milliseconds. */
const soon = 250;

/** This process at one semaphore: what it holds there, what it waits for, and the lease of both. */
export class Member implements Listener {
  // Invariant: anything held, waiting or leaving implies that a heartbeat is due.
  readonly #connection: Connection;
  readonly #requests = new Requests();
  readonly #lease: Lease;
  readonly #leaving: Leaving;
  readonly #holdings: Holdings;
  readonly #heartbeat = new Heartbeat(() => this.#beat());
  readonly #asking: Asking;
  readonly #renewal: Renewal;
  readonly caller: Caller;

  constructor(connection: Connection, name: string, size: number, onConflict: OnConflict) {
    this.#connection = connection;
    this.#lease = new Lease(connection.lease, () => this.#expired());
    this.caller = new Caller(connection, name, size, onConflict, this.#lease, (quiet) => {
      this.#forgotten(quiet);
    });
    this.#leaving = new Leaving(
      this.#requests,
      this.caller,
      (reply) => this.#answered(reply),
      () => this.#heartbeat.within(soon),
    );
    this.#holdings = new Holdings(this.#requests, this.caller, this.#lease, this.#leaving, () => {
      this.#heartbeat.now();
    });
    this.#asking = new Asking(connection, this.caller, this.#lease, this.#requests, {
      answered: (reply) => this.#answered(reply),
      granted: (request, fence) => this.#holdings.grant(request, fence),
      leave: (request) => this.#leaving.add(request),
    });
    this.#renewal = new Renewal(connection, this.caller, this.#requests, {
      answered: (reply) => this.#answered(reply),
      granted: (request, fence) => this.#holdings.grant(request, fence),
      forgotten: (request) => this.#holdings.lose(request, 'forgotten'),
      large: (request) => this.#holdings.large(request),
    });
    connection.wake.listen(this.caller.address, this);
  }

  /** Whether what is held may be relied on, at this moment. */
  get live(): boolean {
    return this.#lease.live;
  }

  /** Asks for `n` units; `outcome` hears what comes of it. */
  acquire(n: number, wait: boolean, outcome: Outcome): Request {
    const { size } = this.#requests;
    // Nothing depends on the session: whether it is still there matters to nobody.
    if (size === 0 && !this.#lease.live) this.caller.born = 0;
    const request = this.#requests.add(n, wait, outcome);
    if (wait) this.#connection.wake.start();
    void this.#asking.ask(request);
    return request;
  }

  /** Gives back what is held, or leaves the queue. Resolves when the server has done so, or the lease has run out. */
  leave(request: Request): Promise<void> {
    if (this.#requests.get(request.counter) !== request || request.state === 'leaving') {
      return Promise.resolve();
    }
    // The call that asks for it may come after the one that takes it back.
    if (request.state === 'asking') this.#connection.raiseEra();
    return new Promise((resolve) => {
      request.gone = resolve;
      this.#leaving.add(request);
      this.#heartbeat.within(this.#lease.duration / 3);
      if (this.#lease.live) this.#lease.guard();
      else resolve();
    });
  }

  /** One call for the whole semaphore, tried again as a request is. */
  ask(operation: 'resize' | 'state', args: readonly number[]): Promise<Reply> {
    return this.#asking.persist(operation, args);
  }

  hear(text: string): void {
    this.#holdings.deliver(grantsOf(text.split(' ').map(Number)));
  }

  catchUp(): void {
    if (!this.#renewal.isIdle) this.#heartbeat.now();
  }

  /** Gives everything back, and stops. */
  async close(): Promise<void> {
    const known = this.caller.born !== 0 || this.#requests.size > 0;
    this.#heartbeat.stop();
    this.#lease.stop();
    this.#holdings.loseAll('closed');
    this.#holdings.refuseAll(new UnavailableError('session is closed'));
    this.#requests.forget();
    if (known) await this.caller.bye();
  }

  #answered(reply: Reply): void {
    if (reply.quiet > 0) this.#renewal.owes = true;
    this.#holdings.deliver(reply.grants);
    if (!this.#renewal.isIdle)
      this.#heartbeat.within(nextBeat(reply, this.#lease, this.#requests.waiting.size > 0));
    this.#heartbeat.hold(this.#requests.size > 0);
  }

  #expired(): void {
    this.#holdings.loseAll('expired');
    for (const request of this.#requests.leaving) request.gone?.();
    // What is only on its way back ends with the session as well.
    this.#heartbeat.hold(this.#requests.size > this.#requests.leaving.size);
  }

  #forgotten(quiet: number): void {
    this.#requests.forget();
    // On a server that grants nothing yet, what is held can be claimed.
    if (quiet === 0 || !this.#lease.live) {
      this.#lease.end();
      this.#holdings.loseAll('forgotten');
    }
    if (this.#requests.held.size + this.#requests.waiting.size > 0) this.#heartbeat.now();
  }

  async #beat(): Promise<number | undefined> {
    if (this.#renewal.isIdle) return undefined;
    this.#leaving.flush();
    const { held, waiting } = this.#requests;
    // There is no session to renew, and nothing to begin one with but the requests that are being asked for.
    if (this.caller.born === 0 && held.size + waiting.size === 0) return soon;
    try {
      const reply = await this.#renewal.renew();
      if (this.#renewal.isIdle) return undefined;
      return reply === undefined
        ? 0
        : nextBeat(reply, this.#lease, this.#requests.waiting.size > 0);
    } catch {
      // The lease runs on, and tells when it is over. What is owed alone keeps no process from ending.
      return this.#requests.size === 0 ? undefined : soon;
    }
  }
}

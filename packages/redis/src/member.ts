import { Asking } from './asking.ts';
import { Caller, type OnConflict } from './caller.ts';
import { monotonic } from './clock.ts';
import type { Connection } from './connection.ts';
import { LeaseLostError, type LeaseLostReason, UnavailableError } from './errors.ts';
import { Heartbeat } from './heartbeat.ts';
import { Lease } from './lease.ts';
import { Leaving } from './leaving.ts';
import { type Grant, grantsOf, type Reply } from './reply.ts';
import { type Outcome, type Request, Requests } from './requests.ts';
import { Renewal } from './renewal.ts';
import { pause } from './retry.ts';
import type { Listener } from './wake.ts';

/** When to try again what could not be sent, in milliseconds. */
const soon = 250;

/** This process at one semaphore: what it holds there, what it waits for, and the lease of both. */
export class Member implements Listener {
  // Invariants:
  // - anything held, waiting or leaving implies that a heartbeat is due
  // - held implies that `lease` is live, or that its end is about to be noticed
  readonly #connection: Connection;
  readonly #requests = new Requests();
  readonly #lease: Lease;
  readonly #leaving: Leaving;
  readonly #heartbeat = new Heartbeat(() => this.#beat());
  readonly #asking: Asking;
  readonly #renewal: Renewal;
  readonly caller: Caller;

  constructor(connection: Connection, name: string, size: number, onConflict: OnConflict) {
    this.#connection = connection;
    this.asked = size;
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
    this.#asking = new Asking(connection, this.caller, this.#lease, this.#requests, {
      answered: (reply) => this.#answered(reply),
      granted: (request, fence) => this.#grant(request, fence),
      leave: (request) => this.#leaving.add(request),
    });
    this.#renewal = new Renewal(connection, this.caller, this.#requests, {
      answered: (reply) => this.#answered(reply),
      granted: (request, fence) => this.#grant(request, fence),
      forgotten: (request) => this.#loseOne(request, 'forgotten'),
      large: (request) => this.#large(request),
    });
    connection.wake.listen(this.caller.address, this);
  }

  /** The size that this process was configured with. */
  asked: number;

  /** Sets another size with the next call. */
  replace(size: number): void {
    this.asked = this.caller.size = size;
    this.caller.onConflict = 'replace';
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
    this.#deliver(grantsOf(text.split(' ').map(Number)));
  }

  catchUp(): void {
    if (this.#requests.size > 0) this.#heartbeat.now();
  }

  /** Gives everything back, and stops. */
  async close(): Promise<void> {
    const known = this.caller.born !== 0 || this.#requests.size > 0;
    this.#heartbeat.stop();
    this.#lease.stop();
    this.#lose('closed');
    for (const request of [...this.#requests.asking, ...this.#requests.waiting]) {
      this.#requests.remove(request);
      request.outcome.failed(new UnavailableError('session is closed'));
    }
    this.#leaving.clear();
    if (!known) return;
    const { patience, lease } = this.#connection;
    const farewell = this.caller.call('bye', [], false).catch(() => undefined);
    await Promise.race([farewell, pause(Math.min(patience, lease))]);
  }

  #answered(reply: Reply): void {
    this.#deliver(reply.grants);
    if (this.#requests.size > 0) this.#heartbeat.within(this.#next(reply));
    this.#heartbeat.hold(this.#requests.size > 0);
  }

  #next({ due, quiet }: Reply): number {
    const lease = this.#lease;
    let next = Math.max(1, lease.duration / 3 - (monotonic() - lease.sent));
    if (this.#requests.waiting.size > 0) {
      // Somebody has to ask when a session has ended or a silence is over, for its units to be handed on.
      if (due >= 0) next = Math.min(next, due + 20);
      if (quiet > 0) next = Math.min(next, quiet + 20);
    }
    return next;
  }

  #deliver(grants: readonly Grant[]): void {
    for (const { counter, fence } of grants) {
      const request = this.#requests.get(counter);
      if (!request || (fence !== 0 && fence <= request.floor)) continue;
      if (fence !== 0) this.#grant(request, fence);
      else this.#large(request);
    }
  }

  #large(request: Request): void {
    if (request.state !== 'asking' && request.state !== 'waiting') return;
    this.#requests.remove(request);
    request.outcome.large(this.caller.size);
  }

  #grant(request: Request, fence: number): void {
    if (request.state !== 'asking' && request.state !== 'waiting') return;
    if (!this.#lease.live) {
      // The news was late. A heartbeat tells whether the session is still there.
      if (request.state === 'asking') this.#requests.queue(request, 0);
      return this.#heartbeat.now();
    }
    request.fence = fence;
    this.#requests.move(request, 'held');
    this.#lease.guard();
    request.outcome.granted(request);
  }

  #lose(reason: LeaseLostReason): void {
    for (const request of this.#requests.held) this.#loseOne(request, reason);
  }

  #loseOne(request: Request, reason: LeaseLostReason): void {
    // The server may still know it when only this process has given it up.
    if (reason === 'expired') this.#leaving.add(request);
    else this.#requests.remove(request);
    request.outcome.lost(new LeaseLostError(reason, request.fence));
  }

  #expired(): void {
    this.#lose('expired');
    for (const request of this.#requests.leaving) request.gone?.();
  }

  #forgotten(quiet: number): void {
    this.#leaving.clear();
    // On a server that grants nothing yet, what is held can be claimed.
    if (quiet === 0 || !this.#lease.live) {
      this.#lease.end();
      this.#lose('forgotten');
    }
    if (this.#requests.held.size + this.#requests.waiting.size > 0) this.#heartbeat.now();
  }

  async #beat(): Promise<number | undefined> {
    if (this.#requests.size === 0) return undefined;
    this.#leaving.flush();
    try {
      const reply = await this.#renewal.renew();
      return reply === undefined ? 0 : this.#next(reply);
    } catch {
      // The lease runs on, and tells when it is over.
      return soon;
    }
  }
}

import type { Caller } from './caller.ts';
import { LeaseLostError, type LeaseLostReason } from './errors.ts';
import type { Lease } from './lease.ts';
import type { Leaving } from './leaving.ts';
import type { Grant } from './reply.ts';
import type { Request, Requests } from './requests.ts';

/** What becomes of the requests of this process: they are granted, or can never be, or are lost again. */
export class Holdings {
  // Invariant: held implies that `lease` is live, or that its end is about to be noticed.
  readonly #requests: Requests;
  readonly #caller: Caller;
  readonly #lease: Lease;
  readonly #leaving: Leaving;
  /** News came when the lease was over: a heartbeat tells whether the session is still there. */
  readonly #late: () => void;

  constructor(
    requests: Requests,
    caller: Caller,
    lease: Lease,
    leaving: Leaving,
    late: () => void,
  ) {
    this.#requests = requests;
    this.#caller = caller;
    this.#lease = lease;
    this.#leaving = leaving;
    this.#late = late;
  }

  deliver(grants: readonly Grant[]): void {
    for (const { counter, fence } of grants) {
      const request = this.#requests.get(counter);
      if (!request || (fence !== 0 && fence <= request.floor)) continue;
      if (fence !== 0) this.grant(request, fence);
      else this.large(request);
    }
  }

  large(request: Request): void {
    if (request.state !== 'asking' && request.state !== 'waiting') return;
    this.#requests.remove(request);
    request.outcome.large(this.#caller.size);
  }

  grant(request: Request, fence: number): void {
    if (request.state !== 'asking' && request.state !== 'waiting') return;
    if (!this.#lease.live) {
      // The news was late. A heartbeat tells whether the session is still there.
      if (request.state === 'asking') this.#requests.queue(request, 0);
      return this.#late();
    }
    request.fence = fence;
    this.#requests.move(request, 'held');
    this.#lease.guard();
    request.outcome.granted(request);
  }

  loseAll(reason: LeaseLostReason): void {
    for (const request of this.#requests.held) this.lose(request, reason);
  }

  lose(request: Request, reason: LeaseLostReason): void {
    // The server may still know it when only this process has given it up.
    if (reason === 'expired') this.#leaving.add(request);
    else this.#requests.remove(request);
    request.outcome.lost(new LeaseLostError(reason, request.fence));
  }

  /** Those that were not granted never will be. */
  refuseAll(error: Error): void {
    for (const request of [...this.#requests.asking, ...this.#requests.waiting]) {
      this.#requests.remove(request);
      request.outcome.failed(error);
    }
  }
}

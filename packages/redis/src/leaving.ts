import type { Caller } from './caller.ts';
import type { Reply } from './reply.ts';
import type { Request, Requests } from './requests.ts';

/** As many as one call takes out of a queue at once without holding up the server. */
const most = 500;

/** Takes requests off the server: what is held goes back, what waits leaves the queue. */
export class Leaving {
  // Invariant: a request whose leaving is not `sent` is sent with the next flush.
  readonly #requests: Requests;
  readonly #caller: Caller;
  /** Hears each answer. */
  readonly #answered: (reply: Reply) => void;
  /** Some could not be sent. */
  readonly #failed: () => void;
  #scheduled = false;

  constructor(
    requests: Requests,
    caller: Caller,
    answered: (reply: Reply) => void,
    failed: () => void,
  ) {
    this.#requests = requests;
    this.#caller = caller;
    this.#answered = answered;
    this.#failed = failed;
  }

  /** Leaves in the next microtask, together with all that leave until then. */
  add(request: Request): void {
    this.#requests.move(request, 'leaving');
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(this.flush);
  }

  /** Sends what has not been sent, or not been confirmed. Never rejects. */
  readonly flush = (): void => {
    this.#scheduled = false;
    const all = [...this.#requests.leaving].filter(({ sent }) => !sent);
    for (let i = 0; i < all.length; i += most) void this.#send(all.slice(i, i + most));
  };

  async #send(batch: readonly Request[]): Promise<void> {
    for (const request of batch) request.sent = true;
    const { born } = this.#caller;
    try {
      const reply = await this.#caller.call(
        'leave',
        batch.flatMap(({ slot, counter }) => [slot, counter]),
        false,
      );
      // Without a session there is nothing to give back; with another than the one named, there may be.
      const nothing = reply.status === 'lost' && (born === 0 || this.#caller.born === 0);
      if (reply.status === 'ok' || nothing) {
        for (const request of batch) this.#requests.remove(request);
        return this.#answered(reply);
      }
      for (const request of batch) request.sent = false;
      this.flush();
    } catch {
      // Sent again by the next heartbeat; or the session ends, and that is as good.
      for (const request of batch) request.sent = false;
      this.#failed();
    }
  }
}

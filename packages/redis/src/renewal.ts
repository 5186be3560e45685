import type { Caller } from './caller.ts';
import type { Connection } from './connection.ts';
import type { Reply } from './reply.ts';
import type { Request, Requests } from './requests.ts';

/** As many as one call claims. */
const most = 250;

/** What becomes of what a heartbeat finds out. */
export interface Findings {
  answered(reply: Reply): void;
  granted(request: Request, fence: number): void;
  /** The server no longer knows that it was granted. */
  forgotten(request: Request): void;
  large(request: Request): void;
}

/** Renews the session, and finds out what this process was not told. */
export class Renewal {
  readonly #connection: Connection;
  readonly #caller: Caller;
  readonly #requests: Requests;
  readonly #findings: Findings;
  /** Whether the server may have lost that this process gave something back. */
  owes = false;

  constructor(connection: Connection, caller: Caller, requests: Requests, findings: Findings) {
    this.#connection = connection;
    this.#caller = caller;
    this.#requests = requests;
    this.#findings = findings;
  }

  /** Whether there is nothing that a heartbeat would be for. */
  get isIdle(): boolean {
    return this.#requests.size === 0 && !(this.owes && this.#caller.born !== 0);
  }

  /** Returns the answer when all is well, and nothing when it is to be done again. Rejects as the client does. */
  async renew(): Promise<Reply | undefined> {
    const { held, waiting } = this.#requests;
    if (this.#caller.born === 0 && held.size + waiting.size > 0) return this.#claim();
    const [oldest] = waiting;
    const asked = oldest ? [oldest.slot, oldest.counter] : [];
    const reply = await this.#caller.call('beat', asked, true);
    if (reply.status !== 'ok') return undefined;
    this.#findings.answered(reply);
    // It may have left, or a message may have come, meanwhile.
    if (oldest?.state === 'waiting') {
      const [answer, fence = 0] = reply.result;
      if (answer === 'none') return this.#claim();
      if (answer === 'held') {
        this.#findings.granted(oldest, Number(fence));
        // Grants go in order: the next may have been granted too.
        return undefined;
      }
    }
    // The server has lost a part of its state, perhaps: nothing is granted before everybody could say what they hold.
    if (reply.quiet === 0) return this.owes ? this.#vacate(reply) : reply;
    return held.size + waiting.size > 0 ? this.#claim() : this.#vacate(reply);
  }

  /** Puts back what the server has lost, in the order of arrival. */
  async #claim(): Promise<Reply | undefined> {
    const { held, waiting } = this.#requests;
    const all = [...held, ...waiting];
    let reply: Reply | undefined;
    for (let i = 0; i < all.length; i += most) {
      // What left meanwhile must not come back.
      const batch = all
        .slice(i, i + most)
        .filter(({ state }) => state === 'held' || state === 'waiting');
      // Neither may a late twin of this call undo what is done after it.
      this.#connection.raiseEra();
      const args = batch.flatMap(({ slot, counter, n, fence }) => [slot, counter, n, fence]);
      reply = await this.#caller.call('claim', args, true);
      this.#connection.raiseEra();
      if (reply.status !== 'ok') return undefined;
      this.#claimed(batch, reply);
    }
    return reply && this.#vacate(reply);
  }

  /** Takes off the server what this process has given back, where the server has lost that it did. */
  async #vacate(last: Reply): Promise<Reply | undefined> {
    const { vacant } = this.#requests;
    let reply = last;
    this.owes = true;
    for (let i = 0; i < vacant.length; i += 2 * most) {
      reply = await this.#caller.call('leave', vacant.slice(i, i + 2 * most), false);
      if (reply.status !== 'ok') return undefined;
      this.#findings.answered(reply);
    }
    this.owes = false;
    return reply;
  }

  #claimed(batch: readonly Request[], reply: Reply): void {
    const [floor = 0, ...answers] = reply.result.map(Number);
    for (const [i, request] of batch.entries()) {
      const answer = answers[i] ?? 0;
      const { state } = request;
      if (state === 'held' && answer === -1) this.#findings.forgotten(request);
      if (state !== 'waiting') continue;
      if (answer > 0) this.#findings.granted(request, answer);
      else if (answer === -2) this.#findings.large(request);
      else {
        request.floor = floor;
        request.ticket = -3 - answer;
      }
    }
    // Heartbeats ask for the oldest alone: another in its place would hide a grant that nobody has heard of.
    this.#requests.sort();
    // What the claims themselves have freed or found room for.
    this.#findings.answered(reply);
  }
}

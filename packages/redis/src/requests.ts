/** How a request ends: one of these is called once, and `lost` after `granted` if it comes to that. */
export interface Outcome {
  granted(request: Request): void;
  /** It would have had to wait, and must not. */
  busy(): void;
  /** It is larger than the size. */
  large(size: number): void;
  failed(error: unknown): void;
  lost(error: Error): void;
}

/**
 * What the server knows, or may know, of a request:
 *
 *   asking ── answered ──▶ waiting ── granted ──▶ held
 *      └───────┴── canceled, released, lost ──────┴──▶ leaving ── confirmed ──▶ gone
 */
type Kept = 'asking' | 'waiting' | 'held' | 'leaving';
export type RequestState = Kept | 'gone';

export interface Request {
  readonly n: number;
  /** Whether it may wait. */
  readonly wait: boolean;
  readonly outcome: Outcome;
  readonly slot: number;
  readonly counter: number;
  state: RequestState;
  /** Its place in the queue of the server; rises with every arrival. */
  ticket: number;
  /** 0 before it was granted. */
  fence: number;
  /** Grants up to this one were made by a server that has lost them. */
  floor: number;
  /** Whether its leaving is on the way. */
  sent: boolean;
  /** What the last attempt to ask for it failed with. */
  problem: unknown;
  /** Called when the server has confirmed that it left, or has ended the lease. */
  gone: (() => void) | undefined;
}

/**
 * The requests of this process at one semaphore.
 *
 * Each has a slot of its own, the lowest that is free, so that the server finds all entries of a session by counting.
 */
export class Requests {
  // Invariants: a request is in the set of its state and in `#byCounter`, or removed; its slot is not in `#free`.
  readonly asking: Set<Request> = new Set();
  /** In the order in which they stand in the queue. */
  readonly waiting: Set<Request> = new Set();
  readonly held: Set<Request> = new Set();
  readonly leaving: Set<Request> = new Set();
  readonly #byCounter = new Map<number, Request>();
  readonly #free: number[] = [];
  #slots = 0;
  #counter = 0;
  /** The highest that was queued. */
  #lastTicket = -1;

  get size(): number {
    return this.#byCounter.size;
  }

  /** The slots that no request has, each with the newest counter that one in it can have had. */
  get vacant(): number[] {
    return this.#free.flatMap((slot) => [slot, this.#counter]);
  }

  add(n: number, wait: boolean, outcome: Outcome): Request {
    const request: Request = {
      n,
      wait,
      outcome,
      slot: this.#free.pop() ?? this.#slots++,
      counter: ++this.#counter,
      state: 'asking',
      ticket: 0,
      fence: 0,
      floor: 0,
      sent: false,
      problem: undefined,
      gone: undefined,
    };
    this.asking.add(request);
    this.#byCounter.set(request.counter, request);
    return request;
  }

  get(counter: number): Request | undefined {
    return this.#byCounter.get(counter);
  }

  move(request: Request, state: Kept): void {
    if (request.state !== 'gone') this[request.state].delete(request);
    request.state = state;
    this[state].add(request);
  }

  /** Into the queue, at the place that `ticket` says. */
  queue(request: Request, ticket: number): void {
    request.ticket = ticket;
    this.move(request, 'waiting');
    if (ticket > this.#lastTicket) {
      this.#lastTicket = ticket;
      return;
    }
    // It was asked for anew, and stands further ahead.
    this.sort();
  }

  /** Puts those that wait into the order of their tickets, after some have changed. */
  sort(): void {
    const sorted = [...this.waiting].sort((a, b) => a.ticket - b.ticket);
    this.waiting.clear();
    for (const each of sorted) this.waiting.add(each);
    this.#lastTicket = sorted.at(-1)?.ticket ?? -1;
  }

  /** The session is gone from the server. Those that wait stand ahead of all that come, until they are in a queue again. */
  forget(): void {
    for (const request of this.leaving) this.remove(request);
    for (const request of this.waiting) request.ticket = -1;
    this.#lastTicket = -1;
  }

  /** The server knows nothing of it any more. */
  remove(request: Request): void {
    if (!this.#byCounter.delete(request.counter)) return;
    if (request.state !== 'gone') this[request.state].delete(request);
    request.state = 'gone';
    this.#free.push(request.slot);
    request.gone?.();
  }
}

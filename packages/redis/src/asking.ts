import type { Caller } from './caller.ts';
import { monotonic } from './clock.ts';
import type { Connection } from './connection.ts';
import { SizeConflictError, UnavailableError } from './errors.ts';
import type { Lease } from './lease.ts';
import type { Reply } from './reply.ts';
import type { Request, Requests } from './requests.ts';
import { backoff, isRefusal, pause, unavailable } from './retry.ts';

/** What becomes of an answer. */
export interface Answers {
  answered(reply: Reply): void;
  granted(request: Request, fence: number): void;
  leave(request: Request): void;
}

/** Asks the server until it answers, or patience is over. */
export class Asking {
  readonly #connection: Connection;
  readonly #caller: Caller;
  readonly #lease: Lease;
  readonly #requests: Requests;
  readonly #answers: Answers;

  constructor(
    connection: Connection,
    caller: Caller,
    lease: Lease,
    requests: Requests,
    answers: Answers,
  ) {
    this.#connection = connection;
    this.#caller = caller;
    this.#lease = lease;
    this.#requests = requests;
    this.#answers = answers;
  }

  /** Asks for `request` until the server has answered. Never rejects. */
  async ask(request: Request): Promise<void> {
    const { patience } = this.#connection;
    const timer = setTimeout(() => this.#giveUp(request, undefined), patience);
    for (let attempt = 0; request.state === 'asking'; attempt++) {
      try {
        await this.#once(request);
      } catch (error) {
        if (isRefusal(error) || this.#connection.closed) this.#giveUp(request, error);
        else await this.#pause(attempt, request, error);
      }
    }
    clearTimeout(timer);
  }

  /** One call that is not about a request, until it is answered. Rejects when patience is over. */
  async persist(operation: 'resize' | 'state', args: readonly number[]): Promise<Reply> {
    const { patience } = this.#connection;
    const end = monotonic() + patience;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(this.#noAnswer()), patience);
    });
    try {
      for (let attempt = 0; ; attempt++) {
        try {
          const reply = await Promise.race([this.#caller.call(operation, args, false), over]);
          this.#answers.answered(reply);
          if (reply.status === 'size') throw this.#conflict(reply);
          if (reply.status === 'ok') return reply;
        } catch (error) {
          const wait = backoff(attempt);
          if (error instanceof SizeConflictError || error instanceof UnavailableError) throw error;
          if (isRefusal(error) || monotonic() + wait > end) throw unavailable(error);
          await pause(wait);
        }
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async #once(request: Request): Promise<void> {
    const { slot, counter, n, wait } = request;
    const renews = this.#caller.born === 0 || this.#lease.stale;
    const reply = await this.#caller.call(
      'acquire',
      [slot, counter, n, wait ? 'wait' : 'try', renews ? 1 : 0],
      renews,
    );
    // It may have been canceled, granted by a message, or claimed meanwhile.
    if (reply.status === 'ok') this.#settle(request, reply);
    else if (reply.status === 'size' && request.state === 'asking') {
      this.#requests.remove(request);
      request.outcome.failed(this.#conflict(reply));
    }
    this.#answers.answered(reply);
  }

  #settle(request: Request, { result, size }: Reply): void {
    if (request.state !== 'asking') return;
    const [answer, number = 0] = result;
    if (answer === 'held') return this.#answers.granted(request, Number(number));
    if (answer === 'waiting') return this.#requests.queue(request, Number(number));
    this.#requests.remove(request);
    if (answer === 'large') request.outcome.large(size);
    else request.outcome.busy();
  }

  async #pause(attempt: number, request: Request, error: unknown): Promise<void> {
    request.problem = error;
    await pause(backoff(attempt));
  }

  #giveUp(request: Request, error: unknown): void {
    if (request.state !== 'asking') return;
    // A call of it may still be on the way; what leaves behind it is of a later era.
    this.#connection.raiseEra();
    this.#answers.leave(request);
    const problem = error ?? request.problem;
    request.outcome.failed(problem === undefined ? this.#noAnswer() : unavailable(problem));
  }

  #noAnswer(): UnavailableError {
    return new UnavailableError(`no answer within ${this.#connection.patience} ms`);
  }

  #conflict({ size }: Reply): SizeConflictError {
    return new SizeConflictError(this.#caller.name, this.#caller.size, size);
  }
}

import { hold, monotonic, type Timer } from './clock.ts';

// Less than all of it: clocks of two machines do not run equally fast.
const share = 0.99;

/** How long this process may rely on what it holds, by its own clock. */
export class Lease {
  // Invariants: `ended` is called once after each time that what is guarded is no longer live;
  // a timer is never due after `#until`, unless that was moved by `end`.
  readonly #ended: () => void;
  #until = -Infinity;
  #timer: Timer | undefined;
  /** What `#until` was when the timer was set. */
  #due = -Infinity;
  /** When the call that renewed it last was sent. */
  sent: number = -Infinity;
  /** In milliseconds; the server's once that is known. */
  duration: number;

  constructor(duration: number, ended: () => void) {
    this.duration = duration;
    this.#ended = ended;
  }

  /** Compares at this moment: a timer that could not run changes nothing. */
  get live(): boolean {
    return monotonic() < this.#until;
  }

  /** Whether a third of it is gone, so that the next call should renew it. */
  get stale(): boolean {
    return monotonic() - this.sent > this.duration / 3;
  }

  /** Valid from when the renewing call was sent, not from its answer: the server cannot have begun earlier. */
  renewed(sent: number, duration: number): void {
    this.duration = duration;
    if (sent <= this.sent) return;
    this.sent = sent;
    this.#until = sent + duration * share;
    if (this.#timer !== undefined) this.guard();
  }

  /** Not valid any more: the server says so. */
  end(): void {
    this.sent = this.#until = -Infinity;
  }

  /** Calls `ended` when it runs out, unless it is renewed. Does not hold the process: heartbeats do. */
  guard(): void {
    // A session made anew by a call whose answer came late runs out before the one it follows would have.
    if (this.#timer !== undefined && this.#due <= this.#until) return;
    clearTimeout(this.#timer);
    this.#due = this.#until;
    this.#timer = setTimeout(this.#check, Math.max(0, Math.ceil(this.#until - monotonic())));
    hold(this.#timer, false);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #check = (): void => {
    this.#timer = undefined;
    if (this.live) this.guard();
    else this.#ended();
  };
}

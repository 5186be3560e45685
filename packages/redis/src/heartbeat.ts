import { hold, monotonic, type Timer } from './clock.ts';

/** Runs `beat` when it is due, one at a time. */
export class Heartbeat {
  // Invariants: at most one beat runs; while one runs, no timer does.
  readonly #beat: () => Promise<number | undefined>;
  #timer: Timer | undefined;
  #at = Infinity;
  #beating = false;
  /** Whether another beat was asked for while one ran. */
  #again = false;
  #stopped = false;
  #busy = true;

  /** @param beat - Returns in how many milliseconds the next is due, or `undefined` when there is nothing to renew. Never rejects. */
  constructor(beat: () => Promise<number | undefined>) {
    this.#beat = beat;
  }

  /** Beats at once, or once more after the beat that runs. */
  now(): void {
    this.#again = true;
    if (!this.#beating) void this.#run();
  }

  /** Beats within `ms`. */
  within(ms: number): void {
    const at = monotonic() + ms;
    if (this.#stopped || this.#beating || at >= this.#at) return;
    clearTimeout(this.#timer);
    this.#at = at;
    this.#timer = setTimeout(() => void this.#run(), Math.max(0, Math.ceil(ms)));
    if (!this.#busy) hold(this.#timer, false);
  }

  /** Whether the process must not end before the next beats. */
  hold(busy: boolean): void {
    this.#busy = busy;
    hold(this.#timer, busy);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#at = Infinity;
    this.#beating = true;
    let next: number | undefined;
    do {
      this.#again = false;
      if (this.#stopped) return;
      next = await this.#beat();
    } while (this.#again || next === 0);
    this.#beating = false;
    if (next !== undefined) this.within(next);
  }
}

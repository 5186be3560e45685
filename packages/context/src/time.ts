/** The platform's clocks. Looked up at each use, so that whoever replaces them is in charge. */
interface Clocks {
  readonly setTimeout: unknown;
  readonly Date: { now(): number };
  readonly performance?: { now(): number };
}
const clocks: Clocks = globalThis;

/** The clocks when the package was loaded. */
const loaded = /* @__PURE__ */ (() => ({
  setTimeout: clocks.setTimeout,
  now: clocks.Date.now,
  monotonic: clocks.performance?.now,
}))();

/**
 * Milliseconds by a clock that is never set. The wall clock must do where there is none, and where a test has replaced
 * the timers and it, but not the other: then the timers go by it.
 */
export function monotonic(): number {
  const { performance } = clocks;
  const isFaked =
    clocks.setTimeout !== loaded.setTimeout &&
    performance?.now === loaded.monotonic &&
    clocks.Date.now !== loaded.now;
  return performance && !isFaked ? performance.now() : clocks.Date.now();
}

/** Tells whether a deadline has passed, before its timer does. */
export class Watch {
  /** Where the timers alone were replaced, by a test, only they know when it is late. */
  readonly #isBlind =
    clocks.setTimeout !== loaded.setTimeout &&
    clocks.Date.now === loaded.now &&
    clocks.performance?.now === loaded.monotonic;
  /** When the clock was read last. */
  #read = NaN;
  /** How often in a row it was read within microseconds. */
  #quick = 0;
  /** How many looks to leave out. */
  #skip = 0;

  /**
   * @param time - The deadline in epoch milliseconds.
   * @param until - The deadline by the monotonic clock.
   */
  isPast(time: number, until: number): boolean {
    // A loop that has looked a hundred times without a pause reads the clock at every fourth look: that costs as much
    // as the whole of a free `acquire` (`pnpm bench acquire-deadline`).
    if (this.#isBlind || this.#skip-- > 0) return false;
    const now = monotonic();
    const pause = now - this.#read;
    this.#read = now;
    this.#quick = pause > 0 && pause < 0.01 ? this.#quick + 1 : 0;
    this.#skip = this.#quick > 100 ? 3 : 0;
    // Both clocks must agree: a wall clock that was set forward is no reason, and a fake of either stays in charge.
    return now >= until && clocks.Date.now() >= time;
  }
}

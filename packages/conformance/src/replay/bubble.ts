import { vi } from 'vitest';

// Taken before the clock is faked: it never is the fake one.
const { setImmediate } = globalThis;

/** Where the clock of every bubble in Go begins. */
const start = Date.UTC(2000, 0, 1);

/** Go's synctest bubble: time that stands still until everything is at rest. */
export class Bubble {
  readonly #birth = Date.now();
  /** When a timer will fire, in milliseconds since birth. */
  readonly #alarms = new Set<number>();

  /** Runs `f` with a fake clock. */
  static async run<T>(f: () => Promise<T>): Promise<T> {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: start });
    try {
      return await f();
    } finally {
      vi.useRealTimers();
    }
  }

  get now(): number {
    return Date.now() - this.#birth;
  }

  /** `ms` since birth as the platform counts. */
  epoch(ms: number): number {
    return this.#birth + ms;
  }

  /** Announces a timer at `ms` since birth. */
  alarm(ms: number): void {
    this.#alarms.add(ms);
  }

  /** Waits until nothing moves: macrotasks come after all microtasks, however many there are. */
  settle(): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(resolve);
    });
  }

  /** Lets `ms` pass. Between two timers everything comes to rest, as in Go. */
  async advance(ms: number): Promise<void> {
    const end = this.now + ms;
    const stops = [...this.#alarms].filter((at) => at > this.now && at < end);
    for (const at of [...stops.sort((a, b) => a - b), end]) {
      vi.advanceTimersByTime(at - this.now);
      await this.settle();
    }
  }

  /** Forgets timers that nobody waits for any more. */
  close(): void {
    vi.clearAllTimers();
  }
}

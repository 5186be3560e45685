import type { Settlement } from './semaphore-script.ts';

/** What has settled in one step, there and here, and whether all units are held now. */
interface Settled {
  readonly recorded: readonly Settlement[];
  readonly seen: readonly Settlement[];
  readonly full: boolean;
}

/**
 * Requests of weight 0 that were let in here and still wait in Go, which looks at its queue after a waiter has
 * left only when units are free.
 */
export class ZeroWeights {
  readonly #differ: () => void;
  /** What is queued here, by id: ids grow in order of arrival. */
  readonly #waiting = new Map<number, number>();
  readonly #ahead = new Set<number>();

  constructor(differ: () => void) {
    this.#differ = differ;
  }

  /** Whether Go has a queue here is none. */
  get ahead(): boolean {
    return this.#ahead.size > 0;
  }

  queue(id: number, n: number): void {
    this.#waiting.set(id, n);
  }

  /** What was seen, in Go's words where Go is late. */
  reconcile({ recorded, seen, full }: Settled): Settlement[] {
    const weights = new Map(this.#waiting);
    for (const entry of seen) this.#waiting.delete(idOf(entry));
    const left = seen.some((entry) => typeof entry !== 'number' && weights.has(idOf(entry)));
    const alike = seen.filter((entry) => {
      const inTurn = [...this.#waiting.keys()].every((id) => id > idOf(entry));
      const early =
        typeof entry === 'number' &&
        !recorded.includes(entry) &&
        weights.get(entry) === 0 &&
        full &&
        inTurn &&
        (left || this.ahead);
      if (early) {
        this.#ahead.add(entry);
        this.#differ();
      }
      return !early;
    });
    // Sooner or later Go lets them in, or their contexts end: either way it was done here before.
    const late = recorded.filter((entry) => this.#ahead.delete(idOf(entry)));
    return [...alike, ...late].sort((a, b) => idOf(a) - idOf(b));
  }
}

function idOf(entry: Settlement): number {
  return typeof entry === 'number' ? entry : entry[0];
}

const absent: unique symbol = Symbol('absent');
type Absent = typeof absent;

/**
 * Values by their position in a sequence, of which a short stretch is there at a time. A `Map` takes longer
 * (`pnpm bench tasks-stream`).
 */
export class Ring<T> {
  // Invariants:
  // - the capacity is a power of two, and position k is at k modulo the capacity
  // - all values are at positions in [first, first + capacity)
  #slots: (T | Absent)[] = empty(8);
  /** The first position that was not taken. */
  #first = 0;

  /** Whether the first position has a value. */
  get isReady(): boolean {
    return this.#slots[this.#first & (this.#slots.length - 1)] !== absent;
  }

  /** Sets the value of position `k`, which is not before the first. **Cost**: O(1), amortized over the stretch. */
  set(k: number, value: T): void {
    while (k - this.#first >= this.#slots.length) this.#grow();
    this.#slots[k & (this.#slots.length - 1)] = value;
  }

  /** Takes the value of the first position, which has one. */
  take(): T | undefined {
    const i = this.#first++ & (this.#slots.length - 1);
    const value = this.#slots[i];
    this.#slots[i] = absent;
    /* v8 ignore next -- it has one */
    return value === absent ? undefined : value;
  }

  clear(): void {
    this.#slots = empty(8);
  }

  #grow(): void {
    const old = this.#slots;
    const first = this.#first & (old.length - 1);
    // In order of their positions, from the first.
    const values = [...old.slice(first), ...old.slice(0, first)];
    this.#slots = empty(2 * old.length);
    for (const [i, value] of values.entries()) {
      this.#slots[(this.#first + i) & (this.#slots.length - 1)] = value;
    }
  }
}

function empty(capacity: number): Absent[] {
  return Array.from({ length: capacity }, (): Absent => absent);
}

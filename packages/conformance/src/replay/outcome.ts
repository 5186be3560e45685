/** A step as Go recorded it, and the same step with what was seen here. */
export interface Outcome {
  readonly recorded: unknown;
  readonly seen: unknown;
}

/** What is reported during a step, put in the order of ids in which it is recorded. */
export class Reports<T> {
  readonly #entries: { readonly id: number; readonly entry: T }[] = [];

  add(id: number, entry: T): void {
    this.#entries.push({ id, entry });
  }

  take(): T[] {
    const entries = this.#entries.splice(0);
    return entries.sort((a, b) => a.id - b.id).map(({ entry }) => entry);
  }
}

/** The text of a throw as Go has it: figures may follow. */
export function panicText(error: unknown, recorded: string | undefined): string {
  const text = error instanceof Error ? error.message : String(error);
  return recorded !== undefined && text.startsWith(`${recorded}: `) ? recorded : text;
}

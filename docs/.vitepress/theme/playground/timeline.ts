import { reactive } from 'vue';

/** `unheard`: it runs, and nobody will hear what comes of it. */
export type Phase = 'waiting' | 'running' | 'unheard';
export type Outcome = 'done' | 'failed' | 'stopped';

/** A stretch of time, in milliseconds since the timeline began. */
export interface Span {
  readonly phase: Phase;
  readonly from: number;
  /** Absent while it lasts. */
  to: number | undefined;
}

/** What happens to one request, task or caller. */
export interface Row {
  readonly id: number;
  readonly name: string;
  /** Stands out: what the other rows are about. */
  readonly major: boolean;
  readonly spans: Span[];
  /** Absent until it is over. */
  outcome: Outcome | undefined;
  /** Its state in words. */
  note: string;
}

/** Records what happens when. Reactive, so that a drawing of it follows. */
export class Timeline {
  // Invariant: a row with an outcome has no span without an end; one without has at most one.
  readonly rows: Row[] = reactive([]);
  readonly #keep: number;
  #begun: number | undefined;
  #count = 0;

  /** @param keep - How many rows there are before those that are over make room for new ones. */
  constructor(keep = Infinity) {
    this.#keep = keep;
  }

  /** Milliseconds since the first row was added; 0 before. */
  now(): number {
    return this.#begun === undefined ? 0 : performance.now() - this.#begun;
  }

  /** Whether anything goes on. */
  get active(): boolean {
    return this.rows.some((row) => row.outcome === undefined);
  }

  add(name: string, major = false): Row {
    this.#begun ??= performance.now();
    if (this.rows.length >= this.#keep) {
      const over = this.rows.findIndex((row) => row.outcome !== undefined);
      if (over >= 0) this.rows.splice(over, 1);
    }
    const id = ++this.#count;
    const row: Row = reactive({ id, name, major, spans: [], outcome: undefined, note: '' });
    this.rows.push(row);
    return row;
  }

  enter(row: Row, phase: Phase, note: string): void {
    this.#close(row);
    row.spans.push({ phase, from: this.now(), to: undefined });
    row.note = note;
  }

  end(row: Row, outcome: Outcome, note: string): void {
    this.#close(row);
    row.outcome = outcome;
    row.note = note;
  }

  #close(row: Row): void {
    const last = row.spans.at(-1);
    if (last) last.to ??= this.now();
  }
}

/** What a row is at; `undefined` when it is over. */
export function phaseOf(row: Row): Phase | undefined {
  return row.outcome === undefined ? row.spans.at(-1)?.phase : undefined;
}

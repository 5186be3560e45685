import { Gauge } from './gauge.ts';
import type { Settings } from './options.ts';
import { Timeline } from './timeline.ts';
import type { Kind } from './walk.ts';

/** The most rows the picture has: with more slots than that, several share one. */
const ROWS = 16;

/** What is known of a run: for the progress bar while it lasts, for the report afterwards. */
export class Run {
  readonly root: string;
  readonly limit: number;
  readonly algorithm: string;
  readonly without: readonly string[];
  readonly slotsPerRow: number;
  readonly timeline: Timeline = new Timeline();
  readonly running: Gauge = new Gauge();
  /** Files that wait for memory. */
  readonly waiting: Gauge = new Gauge();
  /** Bytes of memory that files have. */
  readonly held: Gauge = new Gauge();
  /** How many files there are, as far as they have been counted, and whether all have been. */
  expected = 0;
  counted = false;
  files = 0;
  bytes = 0;
  links = 0;
  special = 0;
  /** How many files had to wait for memory, and for how long all together. */
  waited = 0;
  waitedMs = 0;
  changed: Buffer[] = [];
  private readonly start = performance.now();
  private readonly slots: boolean[] = [];

  constructor({ root, limit, algorithm, without }: Settings) {
    this.root = root;
    this.limit = limit;
    this.algorithm = algorithm;
    this.without = without;
    this.slotsPerRow = Math.ceil(limit / ROWS);
  }

  /** Milliseconds since the start. */
  now(): number {
    return performance.now() - this.start;
  }

  found(kind: Kind): void {
    if (kind === 'link') this.links++;
    else if (kind === 'special') this.special++;
  }

  /** A file is begun, in the first slot that is free. */
  begin(): Task {
    this.running.add(1);
    const free = this.slots.indexOf(false);
    const slot = free === -1 ? this.slots.length : free;
    this.slots[slot] = true;
    return new Task(this, slot);
  }

  /** The slot is free again. */
  leave(slot: number): void {
    this.running.add(-1);
    this.slots[slot] = false;
  }
}

/** One file of a run. */
export class Task {
  private readonly run: Run;
  private readonly slot: number;
  private held = 0;
  /** Since when it has been doing what it does now. */
  private since: number;

  constructor(run: Run, slot: number) {
    this.run = run;
    this.slot = slot;
    this.since = run.now();
  }

  /** It waits for memory. */
  async waiting<T>(granted: Promise<T>): Promise<T> {
    this.mark('busy');
    this.run.waited++;
    this.run.waiting.add(1);
    try {
      return await granted;
    } finally {
      this.run.waiting.add(-1);
      this.run.waitedMs += this.mark('waiting');
    }
  }

  /** It has `weight` bytes of memory, until the result is disposed of. */
  holding(weight: number): Disposable {
    this.hold(weight);
    return { [Symbol.dispose]: () => this.hold(-weight) };
  }

  read(bytes: number): void {
    this.run.bytes += bytes;
    const now = this.run.now();
    this.run.timeline.add('read', now, now, bytes);
  }

  /** Its contents changed while it was read. */
  changed(path: Buffer): void {
    this.run.changed.push(path);
  }

  /** It was hashed to the end. */
  done(): void {
    this.run.files++;
  }

  /** It is over, whether done or not. */
  [Symbol.dispose](): void {
    this.mark('busy');
    this.run.leave(this.slot);
  }

  private hold(weight: number): void {
    this.mark('busy');
    this.held += weight;
    this.run.held.add(weight);
  }

  /** Puts on record what it has been doing until now, and returns for how long. */
  private mark(what: 'busy' | 'waiting'): number {
    const { timeline, slotsPerRow } = this.run;
    const now = this.run.now();
    const { since } = this;
    this.since = now;
    timeline.add(`${what} ${Math.floor(this.slot / slotsPerRow)}`, since, now, now - since);
    timeline.add('held', since, now, this.held * (now - since));
    return now - since;
  }
}

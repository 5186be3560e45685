import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Build } from './build.ts';
import type { Event } from './history.ts';
import { guard } from './guard.ts';
import { now, type Order, type Report, type Start } from './program/order.ts';

type Kind = Report['kind'];
type Of<K extends Kind> = Extract<Report, { kind: K }>;

function isOf<K extends Kind>(report: Report, kind: K): report is Of<K> {
  return report.kind === kind;
}

interface Waiter {
  matches(report: Report): boolean;
  resolve(report: Report): void;
  reject(error: Error): void;
}

/** One process that runs `test/program/main.ts`. It does not outlive this one. */
export class Program implements AsyncDisposable {
  /** All that it has reported since its start. */
  readonly reports: Report[] = [];
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #exit: Promise<unknown>;
  readonly #waiters = new Set<Waiter>();
  #name = '';
  #errors = '';
  #stopped = false;
  #ended = false;
  #asked = 0;

  private constructor(child: ChildProcessByStdio<Writable, Readable, Readable>) {
    this.#child = child;
    this.#exit = once(child, 'close');
    createInterface({ input: child.stdout }).on('line', (line) => this.#hear(line));
    child.stderr.on('data', (text: Buffer) => {
      this.#errors = (this.#errors + text.toString()).slice(-4_000);
    });
    // The process may end before it has read an order.
    child.stdin.on('error', () => undefined);
    const unguard = child.pid === undefined ? undefined : guard(child.pid);
    child.on('close', () => {
      unguard?.();
      this.#ended = true;
      const error = this.#over();
      for (const waiter of this.#waiters) waiter.reject(error);
    });
  }

  static launch(build: Build): Program {
    return new Program(spawn(process.execPath, [build.path], { stdio: ['pipe', 'pipe', 'pipe'] }));
  }

  /** The name that its requests' names begin with. */
  get name(): string {
    return this.#name;
  }

  /** Whether it runs and is not stopped. */
  get isWell(): boolean {
    return !this.#ended && !this.#stopped;
  }

  /** Begins to share a semaphore: for the first time, or after `close`. */
  async start(start: Start): Promise<void> {
    this.#name = start.name;
    this.reports.length = 0;
    this.order({ order: 'start', start });
    await this.report('ready');
  }

  order(order: Order): void {
    this.#child.stdin.write(`${JSON.stringify(order)}\n`);
  }

  /**
   * The first report of this kind that is for `request`, if one is named; rejects when the request is refused
   * instead or finds no room, or the program ends.
   */
  async report<K extends Kind>(kind: K, request?: string): Promise<Of<K>> {
    if (request === undefined) return this.find((report) => isOf(report, kind));
    const found = await this.find(
      (report): report is Of<K | 'refused' | 'busy'> =>
        (isOf(report, kind) || isOf(report, 'refused') || isOf(report, 'busy')) &&
        'request' in report &&
        report.request === request,
    );
    if (isOf(found, kind)) return found;
    throw new Error(`test: not ${kind}: ${JSON.stringify(found)}`);
  }

  /** The first report that `matches`, among those that have come and those that will. */
  find<R extends Report>(matches: (report: Report) => report is R): Promise<R> {
    const found = this.reports.find(matches);
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      if (this.#ended) reject(this.#over());
      const waiter: Waiter = {
        matches,
        resolve(report) {
          if (matches(report)) resolve(report);
        },
        reject,
      };
      this.#waiters.add(waiter);
    });
  }

  /** The first report that finds `request` live at `time` or later; rejects when it is lost instead. */
  async liveAt(request: string, time: number): Promise<Of<'tick'>> {
    const found = await this.find(
      (report): report is Of<'tick' | 'lost'> =>
        (isOf(report, 'tick') && report.at >= time && report.live.includes(request)) ||
        (isOf(report, 'lost') && report.request === request),
    );
    if (isOf(found, 'tick')) return found;
    throw new Error(`test: not live: ${JSON.stringify(found)}`);
  }

  /** How many units all programs hold together, as the server says. */
  async held(): Promise<number> {
    const request = `state ${this.#asked++}`;
    this.order({ order: 'state', request });
    return (await this.report('state', request)).held;
  }

  has(kind: Kind, request?: string): boolean {
    return this.reports.some(
      (report) =>
        report.kind === kind &&
        (request === undefined || ('request' in report && report.request === request)),
    );
  }

  /** Stops it where it is; returns the time before. */
  stop(): number {
    const at = now();
    this.#stopped = true;
    this.#child.kill('SIGSTOP');
    return at;
  }

  /** Ends `stop`; returns the time before. */
  resume(): number {
    const at = now();
    this.#stopped = false;
    this.#child.kill('SIGCONT');
    return at;
  }

  /** Ends it as a crash would; resolves with the time before, when it is gone. */
  async kill(): Promise<number> {
    const at = now();
    this.#child.kill('SIGKILL');
    await this.#exit;
    return at;
  }

  /** Lets it close its session, so that it can be started again. */
  async close(): Promise<void> {
    this.order({ order: 'close' });
    await this.report('closed');
  }

  /** Ends its input, and resolves when it has ended by itself. */
  async end(): Promise<void> {
    this.#child.stdin.end();
    await this.#exit;
  }

  /** What it has reported that a history is made of. */
  get history(): Event[] {
    return this.reports.filter((report): report is Event =>
      ['sent', 'queued', 'granted', 'tick', 'released', 'lost'].includes(report.kind),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }

  #over(): Error {
    return new Error(`test: ${this.#name} has ended: ${this.#errors}`);
  }

  #hear(line: string): void {
    const report = JSON.parse(line) as Report;
    this.reports.push(report);
    for (const waiter of this.#waiters) {
      if (!waiter.matches(report)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(report);
    }
  }
}

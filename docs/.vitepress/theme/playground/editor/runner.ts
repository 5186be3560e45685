import { reactive } from 'vue';
import type { Command, Level, Report } from './protocol.ts';

/** How many lines of output are kept. */
const kept = 500;

export interface Line {
  readonly id: number;
  readonly level: Level;
  readonly text: string;
}

/** Where one program runs. */
export interface Host {
  send(command: Command): void;
  /** Ends it wherever it is. */
  terminate(): void;
}

/** Runs programs, one at a time, each in a worker of its own. */
export class Runner {
  readonly state: { phase: 'idle' | 'running' | 'stopping'; lines: Line[] } = reactive({
    phase: 'idle',
    lines: [],
  });
  readonly #start: (receive: (report: Report) => void) => Host;
  #host: Host | undefined;
  #count = 0;

  /** @param start - Makes a host, which tells `receive` what happens, later than it is made. */
  constructor(start: (receive: (report: Report) => void) => Host) {
    this.#start = start;
  }

  run(source: string): void {
    this.kill();
    this.state.lines = [];
    const host = this.#start((report) => {
      // What was sent before it was terminated may still arrive.
      if (host !== this.#host) return;
      if (report.type === 'print') this.#print(report.level, report.text);
      else this.kill();
    });
    this.#host = host;
    this.state.phase = 'running';
    host.send({ type: 'run', source });
  }

  /** Cancels the context of the program; asked again, ends it wherever it is. */
  stop(): void {
    if (this.state.phase === 'running') {
      this.state.phase = 'stopping';
      this.#host?.send({ type: 'stop' });
    } else if (this.state.phase === 'stopping') {
      this.kill();
      this.#print('warn', 'ended by force');
    }
  }

  /** Ends the program wherever it is. */
  kill(): void {
    this.#host?.terminate();
    this.#host = undefined;
    this.state.phase = 'idle';
  }

  #print(level: Level, text: string): void {
    const { lines } = this.state;
    lines.push({ id: ++this.#count, level, text });
    if (lines.length > kept) lines.shift();
  }
}

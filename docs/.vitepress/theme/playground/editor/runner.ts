import { reactive } from 'vue';
import type { Command, Level, Report } from './protocol.ts';

/** How many lines of output are kept. */
const kept = 500;

export interface Line {
  readonly id: number;
  readonly level: Level;
  readonly text: string;
}

/** What the runner needs of a `Worker`. */
export interface Host {
  onmessage: ((event: MessageEvent<Report>) => void) | null;
  postMessage(command: Command): void;
  terminate(): void;
}

/** Runs programs, one at a time, each in a worker of its own. */
export class Runner {
  readonly state: { phase: 'idle' | 'running' | 'stopping'; lines: Line[] } = reactive({
    phase: 'idle',
    lines: [],
  });
  readonly #start: () => Host;
  #host: Host | undefined;
  #count = 0;

  constructor(start: () => Host) {
    this.#start = start;
  }

  run(source: string): void {
    this.kill();
    this.state.lines = [];
    const host = this.#start();
    this.#host = host;
    this.state.phase = 'running';
    host.onmessage = ({ data }) => {
      // What was sent before it was terminated may still arrive.
      if (host !== this.#host) return;
      if (data.type === 'print') this.#print(data.level, data.text);
      else this.kill();
    };
    host.postMessage({ type: 'run', source });
  }

  /** Cancels the context of the program; asked again, ends it wherever it is. */
  stop(): void {
    if (this.state.phase === 'running') {
      this.state.phase = 'stopping';
      this.#host?.postMessage({ type: 'stop' });
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

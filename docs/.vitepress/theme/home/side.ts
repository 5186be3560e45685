import { background, type Context, withCancel } from '@gosync/context';
import { reactive } from 'vue';
import { type Row, Timeline } from '../playground/timeline.ts';

/** Does the work of one half of a comparison, and puts on record what comes of it. */
export type Play = (side: Side) => Promise<void>;

/** What is shown of a side. */
export interface View {
  readonly rows: readonly Row[];
  /** What came of it, in a sentence; empty until then. */
  readonly said: string;
  /** In milliseconds since it began. */
  readonly now: number;
}

/** One half of a comparison. */
export class Side {
  readonly timeline: Timeline = new Timeline();
  readonly state: { said: string } = reactive({ said: '' });
  /** Ends when the side is closed. */
  readonly life: Context;
  readonly #play: Play;
  readonly #close: () => void;

  constructor(play: Play) {
    this.#play = play;
    [this.life, this.#close] = withCancel(background());
  }

  /** Once. Resolves when nothing is running any more. */
  run(): Promise<void> {
    return this.#play(this);
  }

  say(text: string): void {
    this.state.said = text;
  }

  /** What still runs, is marked as unheard. Returns how much that is. */
  markUnheard(note: string): number {
    const running = this.timeline.rows.filter(({ outcome }) => outcome === undefined);
    for (const row of running) this.timeline.enter(row, 'unheard', note);
    return running.length;
  }

  /** Ends everything. */
  close(): void {
    this.#close();
  }
}

import type { Bubble } from './bubble.ts';
import type { DifferenceName } from './differences.ts';
import type { Names } from './names.ts';
import type { Outcome } from './outcome.ts';

/** What one script is played on. */
export interface Stage {
  readonly bubble: Bubble;
  readonly names: Names;
  /** Counts a deliberate difference that has just been seen. */
  readonly differ: (name: DifferenceName) => void;
}

/** Plays the script of a line, one outcome for each step. */
export type Play = (line: unknown, stage: Stage) => AsyncIterable<Outcome>;

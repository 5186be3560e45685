import type { PairName } from './pairs/index.ts';
import recorded from './pictures.json';
import type { Outcome, Phase } from '../playground/timeline.ts';
import type { View } from './side.ts';

interface Recorded {
  readonly rows: readonly {
    readonly id: number;
    readonly name: string;
    readonly major: boolean;
    readonly spans: readonly {
      readonly phase: string;
      readonly from: number;
      readonly to: number;
    }[];
    readonly outcome: string;
    readonly note: string;
  }[];
  readonly said: string;
  readonly now: number;
}

const phases: readonly Phase[] = ['waiting', 'running', 'unheard'];
const outcomes: readonly Outcome[] = ['done', 'failed', 'stopped'];

function known<T extends string>(all: readonly T[], name: string): T {
  const found = all.find((each) => each === name);
  if (found === undefined) throw new Error(`unknown: ${name}`);
  return found;
}

function viewOf({ rows, said, now }: Recorded): View {
  return {
    said,
    now,
    rows: rows.map((row) => ({
      ...row,
      outcome: known(outcomes, row.outcome),
      spans: row.spans.map((span) => ({ ...span, phase: known(phases, span.phase) })),
    })),
  };
}

/** How each pair comes out, recorded by its test. */
export const pictures: Readonly<Record<PairName, readonly View[]>> = {
  failing: recorded.failing.map(viewOf),
  large: recorded.large.map(viewOf),
  stampede: recorded.stampede.map(viewOf),
  shutdown: recorded.shutdown.map(viewOf),
};

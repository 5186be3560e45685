import { inspect, isDeepStrictEqual } from 'node:util';
import { Bubble } from './bubble.ts';
import { context } from './context.ts';
import type { DifferenceName } from './differences.ts';
import { errgroup } from './errgroup.ts';
import { Names } from './names.ts';
import { semaphore } from './semaphore.ts';
import { singleflight } from './singleflight.ts';
import type { Play, Stage } from './stage.ts';
import { syncmap } from './syncmap.ts';
import type { Primitive } from './vectors.ts';

const plays: Readonly<Record<Primitive, Play>> = {
  context,
  semaphore,
  errgroup,
  singleflight,
  syncmap,
};

/** What came of replaying scripts. */
export interface Replay {
  scripts: number;
  /** Steps that were compared. */
  steps: number;
  /** How often each deliberate difference was seen. */
  readonly differences: Map<DifferenceName, number>;
  /** Where a script went another way than in Go: the first step of each. */
  readonly mismatches: string[];
}

/** Replays scripts, each a line of JSON, and compares every step with what Go did. */
export function replay(primitive: Primitive, scripts: readonly string[]): Promise<Replay> {
  const result: Replay = { scripts: 0, steps: 0, differences: new Map(), mismatches: [] };
  return Bubble.run(async () => {
    for (const script of scripts) {
      const mismatch = await replayScript(plays[primitive], JSON.parse(script), result);
      if (mismatch !== undefined) result.mismatches.push(`script ${result.scripts}, ${mismatch}`);
      result.scripts++;
    }
    return result;
  });
}

async function replayScript(
  play: Play,
  script: unknown,
  result: Replay,
): Promise<string | undefined> {
  const { differences } = result;
  const stage: Stage = {
    bubble: new Bubble(),
    names: new Names(),
    differ: (name) => differences.set(name, (differences.get(name) ?? 0) + 1),
  };
  let step = 0;
  try {
    for await (const { recorded, seen } of play(script, stage)) {
      if (!isDeepStrictEqual(recorded, seen)) {
        return `step ${step}:\n  Go   ${JSON.stringify(recorded)}\n  here ${JSON.stringify(seen)}`;
      }
      step++;
      result.steps++;
    }
  } catch (error) {
    // What went before has left nothing that the step could be done to.
    return `step ${step}: ${inspect(error)}`;
  } finally {
    stage.bubble.close();
  }
  return undefined;
}

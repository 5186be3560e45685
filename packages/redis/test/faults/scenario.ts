import type { Program } from '../process.ts';
import { now } from '../program/order.ts';
import type { Stage } from '../stage.ts';

export interface Scenario {
  /** In milliseconds: short where it has to run out, long enough for a slow machine where it must not. */
  readonly lease: number;
  /** False when what it needs, beside a server, is not installed. */
  readonly isPossible?: boolean;
  play(stage: Stage): Promise<void>;
}

/** The holder has the one unit as `h`, and the waiter is in the queue as `w`. */
export async function begin(holder: Program, waiter: Program): Promise<void> {
  holder.order({ order: 'permit', request: 'h', n: 1 });
  await holder.report('granted', 'h');
  waiter.order({ order: 'permit', request: 'w', n: 1 });
  await waiter.report('queued', 'w');
}

/** For a lease and a half from now the holder keeps the unit, and the waiter does not get it. */
export async function keeps(stage: Stage, holder: Program, waiter: Program): Promise<void> {
  await holder.liveAt('h', now() + 1.5 * stage.lease);
  stage.check(!waiter.has('granted', 'w'), 'the waiter has got what the holder has');
}

/** The holder gives the unit back, and the waiter gets it. */
export async function handOver(
  stage: Stage,
  holder: Program,
  waiter: Program,
  after: string,
): Promise<void> {
  holder.order({ order: 'release', request: 'h' });
  const { at } = await holder.report('released', 'h');
  const granted = await waiter.report('granted', 'w');
  stage.tell(`hand-over after ${after}`, at, granted.at);
}

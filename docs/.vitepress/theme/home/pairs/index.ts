import type { Play } from '../side.ts';
import { group, promiseAll } from './failing.ts';
import { firstThatFits, weighted } from './large.ts';
import { context, race } from './shutdown.ts';
import { eachAlone, shared } from './stampede.ts';

/** The same work, without and with these packages. */
export const pairs = {
  failing: [promiseAll, group],
  large: [firstThatFits, weighted],
  stampede: [eachAlone, shared],
  shutdown: [race, context],
} as const satisfies Record<string, readonly [Play, Play]>;

export type PairName = keyof typeof pairs;

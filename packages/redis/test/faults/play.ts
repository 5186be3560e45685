import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from '../pool.ts';
import type { ClientName } from '../program/order.ts';
import { Stage } from '../stage.ts';
import { flightNetwork } from './flight-network.ts';
import { flights } from './flights.ts';
import { network } from './network.ts';
import { programs } from './programs.ts';
import type { Scenario } from './scenario.ts';
import { servers } from './servers.ts';

const ofSemaphores = { ...programs, ...network, ...servers };
const ofGroups = { ...flights, ...flightNetwork };
const scenarios = { ...ofSemaphores, ...ofGroups };

/** What happens, as the title of its test. */
export type Title = keyof typeof scenarios;

/** What is tested in each scenario. */
export const titles: Readonly<Record<'SharedWeighted' | 'SharedGroup', readonly Title[]>> = {
  SharedWeighted: Object.keys(ofSemaphores) as readonly Title[],
  SharedGroup: Object.keys(ofGroups) as readonly Title[],
};

export function isPossible(title: Title): boolean {
  const scenario: Scenario = scenarios[title];
  return scenario.isPossible ?? true;
}

/**
 * Plays one scenario, and returns what is wrong with it: promises broken, programs that ended or reported something
 * else, or no end within `limit` milliseconds.
 */
export async function play(
  title: Title,
  pool: Pool,
  client: ClientName,
  limit = 50_000,
): Promise<readonly string[]> {
  const scenario: Scenario = scenarios[title];
  const stage = new Stage(pool, client, scenario.lease);
  const over = new AbortController();
  const late = pause(limit, 'late' as const, { signal: over.signal }).catch(() => undefined);
  try {
    const first = await Promise.race([scenario.play(stage), late]);
    stage.check(first !== 'late', `no end within ${limit} ms`);
  } catch (error) {
    stage.check(false, String(error));
  } finally {
    over.abort();
    await stage[Symbol.asyncDispose]();
  }
  return stage.violations;
}

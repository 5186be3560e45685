import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Pool } from '../pool.ts';
import type { ClientName } from '../program/order.ts';
import { hasServer } from '../server.ts';
import { isPossible, play, type Title, titles } from './play.ts';

/** A test of each fault with one client; what it prints are the seconds to recovery. */
export function faults(client: ClientName, chosen = titles): void {
  describe.runIf(hasServer).concurrent.each(Object.entries(chosen))(
    `%s with ${client}`,
    (_name, list) => {
      let pool: Pool;

      beforeAll(async () => {
        pool = await Pool.of();
      });

      afterAll(async () => {
        await pool[Symbol.asyncDispose]();
      });

      it.for<Title>(list)('%s', async (title, { skip }) => {
        skip(!isPossible(title));
        expect(await play(title, pool, client)).toEqual([]);
      });
    },
  );
}

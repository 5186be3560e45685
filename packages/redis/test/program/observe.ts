import { AsyncLocalStorage } from 'node:async_hooks';
import type { Driver } from '@gosync/redis';
import { now, type Report } from './order.ts';

/** The request that the code now running was started for. */
export const current = new AsyncLocalStorage<string>();

/** A driver that also reports when a request is sent, and when the server has answered that it waits. */
export function observe(driver: Driver, report: (report: Report) => void): Driver {
  // By the number that the package gives a request: what is sent again is sent from elsewhere.
  const requests = new Map<string, string>();
  return {
    async run(script, keys, args) {
      const [, operation, session, , , , , , , , , slot, counter] = args;
      if (operation !== 'acquire') return driver.run(script, keys, args);
      const id = `${session}:${slot}:${counter}`;
      const request = requests.get(id) ?? current.getStore();
      if (request === undefined) throw new Error(`test: nobody has asked for ${id}`);
      requests.set(id, request);
      report({ kind: 'sent', at: now(), request });
      const reply = await driver.run(script, keys, args);
      if (Array.isArray(reply) && reply[0] === 'waiting') {
        report({ kind: 'queued', at: now(), request });
      }
      return reply;
    },
    subscribe: (channel, message, gap) => driver.subscribe(channel, message, gap),
    unknownOutcome: (error) => driver.unknownOutcome(error),
  };
}

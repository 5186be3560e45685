import { AsyncLocalStorage } from 'node:async_hooks';
import type { Driver } from '@gosync/redis';
import { now, type Report } from './order.ts';

/** The request that the code now running was started for. */
export const current = new AsyncLocalStorage<string>();

/** Where in the arguments of a script the operation's own begin, and where in its answer. */
const ownArguments = 11;
const ownAnswers = 8;

/** A request as the package numbers it. */
const idOf = (session = '', slot = '', counter = ''): string => `${session}:${slot}:${counter}`;

/** A driver that also reports when a request is sent, and when the server has answered that it waits or has joined. */
export function observe(driver: Driver, report: (report: Report) => void): Driver {
  // What is sent again is sent from elsewhere.
  const requests = new Map<string, string>();

  function ids(args: readonly string[]): string[] {
    const [, operation, session] = args;
    const own = args.slice(ownArguments);
    if (operation === 'acquire') {
      const id = idOf(session, own[0], own[1]);
      const request = requests.get(id) ?? current.getStore();
      if (request === undefined) throw new Error(`test: nobody has asked for ${id}`);
      requests.set(id, request);
      return [id];
    }
    // Four for each: slot, counter, weight, and the fence, which is 0 for what waits.
    if (operation !== 'claim') return [];
    return own.flatMap((_, at) => (at % 4 === 0 ? [idOf(session, own[at], own[at + 1])] : []));
  }

  return {
    async run(script, keys, args) {
      const sent = ids(args).map((id) => requests.get(id) ?? id);
      for (const request of sent) report({ kind: 'sent', at: now(), request });
      const reply = await driver.run(script, keys, args);
      // The first call of a flight; those that go on with it come from elsewhere.
      const joins = args[1] === 'join' ? current.getStore() : undefined;
      if (joins !== undefined && Array.isArray(reply)) {
        report({ kind: 'joined', at: now(), request: joins, status: String(reply[0]) });
      }
      const answers = Array.isArray(reply) ? reply.slice(ownAnswers) : [];
      // A claim is answered with a number, and then one for each: -3 or less for what waits.
      sent.forEach((request, at) => {
        const waits =
          args[1] === 'acquire' ? answers[0] === 'waiting' : Number(answers[at + 1]) <= -3;
        if (waits) report({ kind: 'queued', at: now(), request });
      });
      return reply;
    },
    subscribe: (channel, message, gap) => driver.subscribe(channel, message, gap),
    unknownOutcome: (error) => driver.unknownOutcome(error),
  };
}

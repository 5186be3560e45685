import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Session, SharedWeighted } from '@gosync/redis';
import { connect } from './client.ts';
import { Flights } from './flights.ts';
import { Load } from './load.ts';
import { observe } from './observe.ts';
import { now, type Order, type Report, type Start } from './order.ts';
import { Requests } from './requests.ts';

/** At once and in order: what was reported has been reported even when the program is killed in the next instant. */
function report(event: Report): void {
  writeSync(1, `${JSON.stringify(event)}\n`);
}

/** By how many milliseconds the program's own wall clock is ahead: nothing may depend on it. */
let ahead = 0;
const wallClock = Date.now;
Date.now = () => wallClock() + ahead;

type Started = Exclude<Order, { order: 'start' }>;

/** From a start to its close. */
async function begin(start: Start): Promise<(order: Started) => Promise<void>> {
  ahead = start.ahead ?? 0;
  const { driver, close } = await connect(start.client, start.port);
  const { learning = true, lease, name, patience = lease, seed, size } = start;
  const session = new Session(observe(driver, report), { learning, lease, patience });
  const requests = new Requests(new SharedWeighted(session, start.semaphore, size), report);
  const flights = new Flights(session, start, report);
  const load = seed === undefined ? undefined : new Load(requests, name, seed, size);
  report({ kind: 'ready', at: now() });
  return async (order) => {
    switch (order.order) {
      case 'permit':
        await requests.permit(order.request, order.n);
        break;
      case 'tryPermit':
        await requests.tryPermit(order.request, order.n);
        break;
      case 'cancel':
        requests.cancel(order.request);
        flights.cancel(order.request);
        break;
      case 'release':
        await requests.release(order.request);
        break;
      case 'state':
        await requests.state(order.request);
        break;
      case 'fly':
        await flights.fly(order.request, order.key);
        break;
      case 'answer':
        flights.answer(order.request, order.value);
        break;
      case 'fail':
        flights.fail(order.request, order.message, order.code);
        break;
      case 'forget':
        await flights.forget(order.request, order.key);
        break;
      case 'finish':
        await load?.finish();
        report({ kind: 'finished', at: now() });
        break;
      case 'disconnect':
        close();
        break;
      case 'close':
        await session.close();
        close();
        report({ kind: 'closed', at: now() });
    }
  };
}

let obey: ((order: Started) => Promise<void>) | undefined;

async function hear(order: Order): Promise<void> {
  if (order.order === 'start') obey = await begin(order.start);
  else await obey?.(order);
}

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}

process.on('unhandledRejection', (error) => {
  report({ kind: 'unhandled', at: now(), message: String(error) });
});
createInterface({ input: process.stdin }).on('line', (line) => {
  // Written by test/process.ts.
  hear(JSON.parse(line) as Order).catch(fail);
});

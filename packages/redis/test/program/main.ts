import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Session, SharedWeighted } from '@gosync/redis';
import { connect } from './client.ts';
import { Load } from './load.ts';
import { observe } from './observe.ts';
import { now, type Order, type Report, type Start } from './order.ts';
import { Requests } from './requests.ts';

/** At once and in order: what was reported has been reported even when the program is killed in the next instant. */
function report(event: Report): void {
  writeSync(1, `${JSON.stringify(event)}\n`);
}

// Both are written by test/process.ts.
const readStart = (text: string | undefined): Start => JSON.parse(text ?? '') as Start;
const readOrder = (line: string): Order => JSON.parse(line) as Order;

/** The program's own wall clock; nothing may depend on it. */
function setAhead(ms: number): void {
  const actual = Date.now;
  Date.now = () => actual() + ms;
}

async function main(): Promise<void> {
  const start = readStart(process.argv[2]);
  setAhead(start.ahead ?? 0);
  const { driver, close } = await connect(start.client, start.port);
  const { lease, patience } = start;
  const session = new Session(
    observe(driver, report),
    patience === undefined ? { lease } : { lease, patience },
  );
  const requests = new Requests(new SharedWeighted(session, start.semaphore, start.size), report);
  const { name, seed, size } = start;
  const load = seed === undefined ? undefined : new Load(requests, name, seed, size);
  const lines = createInterface({ input: process.stdin });

  async function obey(order: Order): Promise<void> {
    switch (order.order) {
      case 'permit':
        await requests.permit(order.request, order.n);
        break;
      case 'tryPermit':
        await requests.tryPermit(order.request, order.n);
        break;
      case 'cancel':
        requests.cancel(order.request);
        break;
      case 'release':
        await requests.release(order.request);
        break;
      case 'finish':
        await load?.finish();
        report({ kind: 'finished', at: now() });
        break;
      case 'close':
        await session.close();
        close();
        lines.close();
        process.stdin.destroy();
    }
  }

  lines.on('line', (line) => void obey(readOrder(line)));
  report({ kind: 'ready', at: now() });
}

process.on('unhandledRejection', (error) => {
  report({ kind: 'unhandled', at: now(), message: String(error) });
});
void main();

import { setTimeout as pause } from 'node:timers/promises';
import { Session, SharedWeighted } from '@gosync/redis';
import { ioredis } from '@gosync/redis/ioredis';
import { Server } from '../test/server.ts';
import { type Contender, connect, type Party } from './contenders.ts';

/** Elapsed milliseconds. */
const now = (): number => performance.now();

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
}

function parties(count: number, { join }: Contender, port: number, name: string): Party[] {
  return Array.from({ length: count }, () => join(port, name));
}

async function closeAll(all: readonly Party[]): Promise<void> {
  await Promise.all(all.map((party) => party.close()));
}

/** Before a measurement, in milliseconds: no rhythm of polling fits it. Processors sleep meanwhile. */
const rest = (i: number): number => 20 + 7 * (i % 5);

/** Calls of a script that does nothing: the least that anything across processes can cost. */
export async function bare(
  port: number,
): Promise<{ p50: number; rested: number; perSecond: number }> {
  const client = connect(port);
  const sha = String(await client.script('LOAD', 'return 1'));
  const times: number[] = [];
  for (let i = 0; i < 3_000; i++) {
    const start = now();
    await client.evalsha(sha, 0);
    if (i >= 500) times.push(now() - start);
  }
  const rested: number[] = [];
  for (let i = 0; i < 20; i++) {
    await pause(rest(i));
    const start = now();
    await client.evalsha(sha, 0);
    rested.push(now() - start);
  }
  client.disconnect();
  return {
    p50: median(times),
    rested: median(rested),
    perSecond: (1_000 * times.length) / times.reduce((a, b) => a + b, 0),
  };
}

/** The median of asking for what is free, in milliseconds. */
export async function free(contender: Contender, port: number): Promise<number> {
  const party = contender.join(port, `free ${contender.name}`);
  const times: number[] = [];
  const end = now() + 1_000;
  while (now() < end) {
    const start = now();
    const release = await party.take();
    times.push(now() - start);
    await release();
  }
  await party.close();
  return median(times.slice(times.length / 4));
}

/** The median from calling `release` to the next holder's going on in another client, in milliseconds. */
export async function wakeUp(contender: Contender, port: number): Promise<number> {
  const pair = parties(2, contender, port, `wake ${contender.name}`);
  const times: number[] = [];
  let [holder, waiter] = pair;
  let release = await holder?.take();
  for (let i = 0; i < 25 && waiter !== undefined; i++) {
    const next = waiter.take();
    // It has arrived by then.
    await pause(rest(i));
    const start = now();
    const released = release?.();
    release = await next;
    if (i >= 5) times.push(now() - start);
    await released;
    [holder, waiter] = [waiter, holder];
  }
  await release?.();
  await closeAll(pair);
  return median(times);
}

export interface HandOffs {
  readonly perSecond: number;
  /** Of one client. */
  readonly fewest: number;
  readonly most: number;
}

/** Fifty clients that each take, and give back at once, again and again. */
export async function handOffs(contender: Contender, port: number): Promise<HandOffs> {
  const all = parties(50, contender, port, `hand ${contender.name}`);
  const grants = all.map(() => 0);
  let from = Infinity;
  let until = Infinity;
  const running = all.map(async (party, i) => {
    while (now() < until) {
      const release = await party.take();
      if (now() > from && now() < until) grants[i] = (grants[i] ?? 0) + 1;
      await release();
    }
  });
  await pause(500);
  from = now();
  until = from + 2_000;
  await Promise.all(running);
  await closeAll(all);
  return {
    perSecond: grants.reduce((a, b) => a + b, 0) / 2,
    fewest: Math.min(...grants),
    most: Math.max(...grants),
  };
}

/** Requests per second while a hundred wait, in so many clients. */
export async function idle(
  contender: Contender,
  port: number,
  clients: number,
  ms: number,
): Promise<number> {
  const name = `idle ${clients} ${contender.name}`;
  const holder = contender.join(port, name);
  const release = await holder.take();
  const all = parties(clients, contender, port, name);
  const waiting = Array.from({ length: 100 }, async (_, i) => (await all[i % clients]?.take())?.());
  await pause(1_000);
  let requests = 0;
  for (const { client } of all) {
    const send = client.sendCommand.bind(client);
    client.sendCommand = (...command) => {
      requests++;
      return send(...command);
    };
  }
  await pause(ms);
  const perSecond = (1_000 * requests) / ms;
  await release();
  await Promise.all(waiting);
  await closeAll([...all, holder]);
  return perSecond;
}

/** Of the 780 pairs of 40 waiters that came 3 ms apart, over 4 clients: how many were granted in the other order. */
export async function inversions(contender: Contender, port: number): Promise<number> {
  const name = `order ${contender.name}`;
  const all = parties(5, contender, port, name);
  const release = await all[4]?.take();
  const order: number[] = [];
  const waiting: Promise<void>[] = [];
  const wait = async (party: Party | undefined, i: number): Promise<void> => {
    const done = await party?.take();
    order.push(i);
    await done?.();
  };
  // What a client does once, at first, is done.
  await Promise.all(all.slice(0, 4).map(({ client }) => client.ping()));
  for (let i = 0; i < 40; i++) {
    waiting.push(wait(all[i % 4], i));
    await pause(3);
  }
  await pause(50);
  await release?.();
  await Promise.all(waiting);
  await closeAll(all);
  return order.reduce((sum, a, i) => sum + order.slice(i + 1).filter((b) => b < a).length, 0);
}

/** What the server spends on one call, in microseconds: of `free`, as it counts itself. */
export async function serverTime(contender: Contender): Promise<number> {
  await using server = await Server.start();
  await free(contender, server.port);
  const found = /usec_per_call=([\d.]+)/.exec((await server.info('cmdstat_evalsha')) ?? '');
  return Number(found?.[1]);
}

/** The longest call in milliseconds, while a hundred sessions with a hundred waiters each die at once. */
export async function longest(): Promise<number> {
  await using server = await Server.start();
  const lease = 3_000;
  const join = (): { session: Session; semaphore: SharedWeighted; leave: () => void } => {
    const client = connect(server.port);
    const session = new Session(ioredis(client), { lease, learning: false });
    const leave = (): void => client.disconnect();
    return { session, semaphore: new SharedWeighted(session, 'many', 1), leave };
  };
  const survivor = join();
  const held = await survivor.semaphore.permit();
  const dying = Array.from({ length: 100 }, join);
  for (const { semaphore } of dying)
    for (let i = 0; i < 100; i++) semaphore.permit().catch(() => undefined);
  while ((await survivor.semaphore.state()).waiting < 10_000) await pause(20);
  await server.command('CONFIG', 'SET', 'slowlog-max-len', 1);
  await server.command('CONFIG', 'SET', 'slowlog-log-slower-than', 0);
  for (const { leave } of dying) leave();
  let most = 0;
  while ((await survivor.semaphore.state()).sessions > 1) {
    const found = await server.command('SLOWLOG', 'GET', 1);
    const [, , micros] = Array.isArray(found) && Array.isArray(found[0]) ? found[0] : [];
    most = Math.max(most, Number(micros) / 1_000);
  }
  await held.release();
  await Promise.all([survivor, ...dying].map(({ session }) => session.close()));
  survivor.leave();
  return most;
}

import { setImmediate } from 'node:timers/promises';
import { background, cause, withCancelCause } from '@gosync/context';
import {
  LeaseLostError,
  Session,
  SharedGroup,
  SharedWeighted,
  SizeConflictError,
  UnavailableError,
} from '@gosync/redis';
import { ioredis } from '@gosync/redis/ioredis';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasServer, Server } from './server.ts';

const lease = 3_000;
const patience = 1_000;

async function subscribed(server: Server): Promise<void> {
  while (Number(await server.info('pubsub_channels')) === 0) await setImmediate();
}

describe.runIf(hasServer)('a server', () => {
  let server: Server;
  const clients: Redis[] = [];
  const sessions: Session[] = [];

  function session(options = {}): Session {
    const client = new Redis(server.port, { retryStrategy: () => 50, ...options });
    client.on('error', () => undefined);
    clients.push(client);
    const made = new Session(ioredis(client), { lease, patience, learning: false });
    sessions.push(made);
    return made;
  }

  beforeEach(async () => {
    server = await Server.start();
  });
  afterEach(async () => {
    await Promise.all(sessions.splice(0).map((each) => each.close()));
    for (const client of clients.splice(0)) client.disconnect();
    await server[Symbol.asyncDispose]();
  });

  it('that is away lets requests fail after patience, waiters wait for their context, holders keep the lease', async () => {
    const sem = new SharedWeighted(session(), 'sem', 1);
    const held = await sem.permit();
    const [ctx, cancel] = withCancelCause(background());
    const waiting = sem.permit(ctx);
    await sem.state();
    await server.kill();
    await expect(sem.tryPermit()).rejects.toThrow(UnavailableError);
    await expect(sem.state()).rejects.toThrow(UnavailableError);
    expect(held.live).toBe(true);
    cancel('enough');
    await expect(waiting).rejects.toBe('enough');
    await new Promise<void>((resolve) => {
      held.context.signal.addEventListener('abort', () => resolve());
    });
    expect(cause(held.context)).toMatchObject({ reason: 'expired', fence: held.fence });
    expect(cause(held.context)).toBeInstanceOf(LeaseLostError);
    expect(held.live).toBe(false);
    await held.release();
  });

  it('that is full refuses who joins, and lets go who leaves', async () => {
    const own = session();
    const sem = new SharedWeighted(own, 'sem', 1);
    const held = await sem.permit();
    // What the session writes once it has subscribed is written.
    await expect.poll(() => own.wake).toBe('push');
    await sem.tryPermit();
    await server.command('CONFIG', 'SET', 'maxmemory', '1');
    const refused = sem.tryPermit();
    await expect(refused).resolves.toBeUndefined();
    await held.release();
    const late = sem.permit();
    await expect(late).rejects.toThrow(UnavailableError);
    await expect(late).rejects.toMatchObject({
      cause: { message: expect.stringContaining('OOM') },
    });
    await server.command('CONFIG', 'SET', 'maxmemory', '0');
    const again = await sem.permit();
    await again.release();
    expect(await sem.state()).toMatchObject({ held: 0, waiting: 0 });
  });

  it('that is read-only lets requests fail after patience, and is asked seldom meanwhile', async () => {
    const sem = new SharedWeighted(session(), 'sem', 1);
    await using other = await Server.start();
    await server.command('REPLICAOF', '127.0.0.1', other.port);
    const refused = sem.permit();
    // Messages may have been missed: the session finds out which.
    await subscribed(server);
    await server.command('CLIENT', 'KILL', 'TYPE', 'PUBSUB');
    await expect(refused).rejects.toMatchObject({
      name: 'UnavailableError',
      cause: { message: expect.stringContaining('READONLY') },
    });
    const calls = /calls=(\d+)/.exec((await server.info('cmdstat_evalsha')) ?? '');
    expect(Number(calls?.[1])).toBeLessThan(30);
  });

  it('that forbids scripts refuses at once', async () => {
    await server.command(
      'ACL',
      'SETUSER',
      'guest',
      'on',
      '>pass',
      '~*',
      '&*',
      '+@all',
      '-@scripting',
    );
    const sem = new SharedWeighted(session({ username: 'guest', password: 'pass' }), 'sem', 1);
    const group = new SharedGroup(session({ username: 'guest', password: 'pass' }), 'group');
    const noperm = {
      name: 'UnavailableError',
      cause: { message: expect.stringContaining('NOPERM') },
    };
    await expect(sem.permit()).rejects.toMatchObject(noperm);
    await expect(group.do('key', () => 1)).rejects.toMatchObject(noperm);
  });

  it('that forbids INFO and SUBSCRIBE grants without protection, and is asked again and again', async () => {
    await server.command(
      'ACL',
      'SETUSER',
      'guest',
      'on',
      '>pass',
      '~*',
      '&*',
      '+@all',
      '-info',
      '-subscribe',
    );
    const one = session({ username: 'guest', password: 'pass' });
    const two = session({ username: 'guest', password: 'pass' });
    const [a, b] = [new SharedWeighted(one, 'sem', 1), new SharedWeighted(two, 'sem', 1)];
    const held = await a.permit();
    const waiting = b.permit();
    await b.state();
    await held.release();
    const permit = await waiting;
    expect(one.protection).toBe(false);
    await expect.poll(() => two.wake).toBe('poll');
    await permit.release();
  });

  it('has one size for each name', async () => {
    const [one, two] = [session(), session()];
    await (await new SharedWeighted(one, 'sem', 2).permit()).release();
    const other = new SharedWeighted(two, 'sem', 3);
    await expect(other.permit()).rejects.toMatchObject({ name: 'SizeConflictError', stored: 2 });
    expect(() => new SharedWeighted(one, 'sem', 3)).toThrow(SizeConflictError);
    const replaced = new SharedWeighted(two, 'sem', 3, { conflict: 'replace' });
    await (await replaced.permit(undefined, 3)).release();
    expect(String(await replaced.state())).toBe('sem: 0 of 3 held, 0 waiting, 2 sessions');
  });

  it('gives everything back when the session is closed', async () => {
    const [one, two] = [session(), session()];
    const [a, b] = [new SharedWeighted(one, 'sem', 1), new SharedWeighted(two, 'sem', 1)];
    const held = await a.permit();
    const waiting = a.permit();
    await a.state();
    const [closed] = await Promise.all([
      waiting.catch((error: unknown) => String(error)),
      one.close(),
    ]);
    expect(closed).toBe('UnavailableError: redis: server is unavailable: session is closed');
    expect(cause(held.context)).toMatchObject({ reason: 'closed' });
    await expect(a.permit()).rejects.toThrow('session is closed');
    const permit = await b.tryPermit();
    expect(permit?.fence).toBeGreaterThan(held.fence);
    await permit?.release();
  });

  it('that has forgotten everything leaves nobody in the belief that they hold', async () => {
    const sem = new SharedWeighted(session(), 'sem', 1);
    const held = await sem.permit();
    await server.command('FLUSHALL');
    await new Promise<void>((resolve) => {
      held.context.signal.addEventListener('abort', () => resolve());
    });
    expect(cause(held.context)).toMatchObject({ reason: 'forgotten', fence: held.fence });
    await held.release();
    await (await sem.permit()).release();
  });
});

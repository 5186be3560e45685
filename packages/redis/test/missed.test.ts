import { background, withCancelCause } from '@gosync/context';
import { type Driver, Session, SharedWeighted } from '@gosync/redis';
import { ioredis } from '@gosync/redis/ioredis';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasServer, Server } from './server.ts';

function ignore(): void {}

function share(session: Session): SharedWeighted {
  return new SharedWeighted(session, 'sem', 1);
}

/** So long that no heartbeat comes by itself. */
const lease = 60_000;

describe.runIf(hasServer)('SharedWeighted.permit()', () => {
  let server: Server;
  const servers: Server[] = [];
  const clients: Redis[] = [];
  const sessions: Session[] = [];

  function driver(): Driver {
    const client = new Redis(server.port);
    clients.push(client);
    return ioredis(client);
  }

  function open(over: Driver): Session {
    const session = new Session(over, { lease, learning: false });
    sessions.push(session);
    return session;
  }

  beforeEach(async () => {
    server = await Server.start();
    servers.push(server);
  });
  afterEach(async () => {
    await Promise.all(sessions.splice(0).map((session) => session.close()));
    for (const client of clients.splice(0)) client.disconnect();
    await Promise.all(servers.splice(0).map((each) => each[Symbol.asyncDispose]()));
  });

  it('finds a grant whose message was lost, when the queue has been built again before', async () => {
    const given = driver();
    let deaf = false;
    let gap = ignore;
    const session = open({
      run: (...call) => given.run(...call),
      unknownOutcome: (error) => given.unknownOutcome(error),
      subscribe(channel, message, missed) {
        gap = missed;
        const hear = (text: string): void => {
          if (!deaf) message(text);
        };
        return given.subscribe(channel, hear, missed);
      },
    });
    const sem = share(session);
    const other = share(open(driver()));
    await other.permit();
    // Those ahead in the queue let the waiter stand further behind than in the queue that is built again.
    const [ahead, leave] = withCancelCause(background());
    const left = [1, 2, 3].map(() => sem.permit(ahead).catch(String));
    const first = sem.permit();
    // What the session asks once it has subscribed is answered.
    await expect.poll(() => session.wake).toBe('push');
    await sem.state();
    leave('enough');
    await Promise.all(left);
    await expect.poll(async () => (await other.state()).waiting).toBe(1);
    await server.command('FLUSHALL');
    const held = await other.permit();
    gap();
    await expect.poll(async () => (await other.state()).waiting).toBe(1);
    const second = sem.permit();
    await sem.state();

    deaf = true;
    await held.release();
    gap();
    const permit = await first;
    expect(permit.live).toBe(true);
    deaf = false;
    await permit.release();
    expect((await second).live).toBe(true);
  });

  it.each([
    ['at the next heartbeat of a process that holds', 1],
    ['when a process that holds nothing asks for a unit', 0],
  ])(
    'gives back what a promoted replica does not know to have been given back, %s',
    async (_, keeps) => {
      const replica = await Server.start();
      servers.push(replica);
      const [client, later] = [new Redis(server.port), new Redis(replica.port)];
      clients.push(client, later);
      let target = ioredis(client);
      let gap = ignore;
      const session = new Session(
        {
          run: (...call) => target.run(...call),
          unknownOutcome: (error) => target.unknownOutcome(error),
          subscribe(channel, message, missed) {
            gap = missed;
            return target.subscribe(channel, message, missed);
          },
        },
        { lease },
      );
      sessions.push(session);
      // Begun by a session that does not wait for what others may hold on a server so young.
      const begun = await new SharedWeighted(open(driver()), 'sem', 2).permit();
      await begun.release();
      const sem = new SharedWeighted(session, 'sem', 2);
      const permits = await Promise.all([sem.permit(), sem.permit()]);
      // What the session asks once it has subscribed is answered.
      await expect.poll(() => session.wake).toBe('push');
      await sem.state();
      const released = permits.splice(keeps);
      const keys = ['gosync:sem:{sem}', 'gosync:sem:{sem}:s'];
      const saved = await Promise.all(keys.map((key) => client.dumpBuffer(key)));
      await Promise.all(released.map((permit) => permit.release()));

      await Promise.all(keys.map((key, i) => later.restore(key, lease, saved[i] ?? '')));
      target = ioredis(later);
      expect((await sem.state()).held).toBe(2);
      // A process that holds has a heartbeat, and asks for nothing.
      const asked = keeps === 0 ? await sem.tryPermit() : undefined;
      expect(asked).toBeUndefined();
      gap();
      await expect.poll(async () => (await sem.state()).held).toBe(keeps);
      expect(permits.map((permit) => permit.live)).toEqual(permits.map(() => true));
    },
  );
});

import { background, withTimeout } from '@gosync/context';
import { type Driver, Session, SharedGroup, SharedWeighted } from '@gosync/redis';
import { ioredis } from '@gosync/redis/ioredis';
import { nodeRedis } from '@gosync/redis/node-redis';
import { Cluster } from 'ioredis';
import { createCluster } from 'redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasServer, Server } from './server.ts';

interface Connected {
  readonly driver: Driver;
  close(): Promise<void> | void;
}

describe.runIf(hasServer)('a cluster', () => {
  let server: Server;

  beforeAll(async () => {
    server = await Server.start({
      args: ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'],
    });
    await server.command('CLUSTER', 'ADDSLOTSRANGE', 0, 16_383);
    while (!String(await server.command('CLUSTER', 'INFO')).includes('cluster_state:ok')) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  });

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  const clients: Readonly<Record<string, () => Promise<Connected>>> = {
    async 'node-redis'() {
      const cluster = createCluster({ rootNodes: [{ url: server.url }] });
      await cluster.connect();
      return { driver: nodeRedis(cluster), close: () => cluster.close() };
    },
    ioredis() {
      const cluster = new Cluster([{ host: '127.0.0.1', port: server.port }], {
        slotsRefreshTimeout: 20_000,
      });
      return Promise.resolve({ driver: ioredis(cluster), close: () => cluster.disconnect() });
    },
  };

  it.each(Object.entries(clients))(
    'is shared as a single server is, with %s',
    async (name, connect) => {
      const { driver, close } = await connect();
      await using session = new Session(driver, { lease: 20_000, learning: false });
      const sem = new SharedWeighted(session, name, 1);
      const first = await sem.permit();
      const [ctx, cancel] = withTimeout(background(), 20_000);
      const second = sem.permit(ctx);
      await first.release();
      const permit = await second;
      expect(permit.fence).toBeGreaterThan(first.fence);
      await permit.release();
      cancel();
      const group = new SharedGroup<string>(session, name);
      expect(await group.do('key', () => 'value')).toEqual(['value', false]);
      await session.close();
      await close();
    },
  );

  it('keeps all keys of one semaphore, and of one call, in one slot', async () => {
    const { driver, close } = await (clients['ioredis']?.() ?? Promise.reject(new Error('test')));
    const slots: unknown[] = [];
    const watched: Driver = {
      async run(script, keys, args) {
        slots.push(
          new Set(await Promise.all(keys.map((key) => server.command('CLUSTER', 'KEYSLOT', key))))
            .size,
        );
        return driver.run(script, keys, args);
      },
      subscribe: (channel, message, gap) => driver.subscribe(channel, message, gap),
      unknownOutcome: (error) => driver.unknownOutcome(error),
    };
    await using session = new Session(watched, { lease: 20_000, learning: false });
    await using permit = await new SharedWeighted(session, 'slots', 1).permit();
    expect(permit.live).toBe(true);
    await new SharedGroup(session, 'slots').do('key of {braces}', () => 1);
    expect(slots.length).toBeGreaterThan(1);
    expect(new Set(slots)).toEqual(new Set([1]));
    await permit.release();
    await session.close();
    await close();
  });
});

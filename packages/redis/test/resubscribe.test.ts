import { ioredis } from '@gosync/redis/ioredis';
import { nodeRedis } from '@gosync/redis/node-redis';
import { Redis } from 'ioredis';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { createClient } from 'redis';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Proxy } from './proxy.ts';
import { hasServer, Server } from './server.ts';

async function subscribe() {
  const server = await Server.start();
  const proxy = await Proxy.start(server.port);
  const client = new Redis(proxy.port, { retryStrategy: () => 1 });
  client.on('error', () => undefined);
  const gap = vi.fn<() => void>();
  const heard: string[] = [];
  const duplicate = vi.spyOn(client, 'duplicate');
  const driver = ioredis(client);
  const subscription = await driver.subscribe('channel', (text) => heard.push(text), gap);
  onTestFinished(async () => {
    await subscription.close();
    client.disconnect();
    await proxy[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
  const subscriber = duplicate.mock.results[0]?.value;
  if (!(subscriber instanceof Redis)) throw new Error('test: nothing was duplicated');
  return { server, proxy, client, subscriber, subscription, gap, heard };
}

/** Waits until what is published is heard. */
async function expectNews(
  client: { publish(channel: string, text: string): Promise<unknown> },
  heard: readonly string[],
): Promise<void> {
  await expect
    .poll(async () => {
      await client.publish('channel', 'news');
      return heard;
    })
    .toContain('news');
}

describe.runIf(hasServer)('a subscription of ioredis()', () => {
  it('is made again when its connection was lost, and says that messages may have been missed', async () => {
    const { server, client, gap, heard } = await subscribe();
    // The client's own connection is there too, and says so no more.
    await client.ping();
    gap.mockClear();
    await server.command('CLIENT', 'KILL', 'TYPE', 'PUBSUB');
    await expect.poll(() => gap.mock.calls.length).toBe(1);
    // It hears again by the time that it says so.
    await client.publish('channel', 'news');
    await expect.poll(() => heard).toEqual(['news']);
  });

  it('leaves no promise rejected when it is closed while it is made again', async () => {
    const rejected: unknown[] = [];
    const note = (error: unknown): void => void rejected.push(error);
    process.on('unhandledRejection', note);
    onTestFinished(() => void process.off('unhandledRejection', note));
    const { server, proxy, subscriber, subscription } = await subscribe();
    const ready = once(subscriber, 'ready');
    await server.command('CLIENT', 'KILL', 'TYPE', 'PUBSUB');
    await ready;
    // The answer to the new subscription never comes.
    proxy.hold('replies');
    await subscription.close();
    const closed = once(subscriber, 'end');
    proxy.cut();
    await closed;
    await turn();
    expect(rejected).toEqual([]);
  });

  it('ends with its client, and begins again when that is connected again', async () => {
    const { client, subscriber, heard } = await subscribe();
    client.disconnect();
    await expect.poll(() => subscriber.status).toBe('end');
    await client.connect();
    await expectNews(client, heard);
  });
});

describe.runIf(hasServer)('a subscription of nodeRedis()', () => {
  it('ends with its client, and begins again when that is connected again', async () => {
    const server = await Server.start();
    const client = createClient({ url: server.url, RESP: 2 });
    client.on('error', () => undefined);
    await client.connect();
    const heard: string[] = [];
    const subscription = await nodeRedis(client).subscribe(
      'channel',
      (text) => heard.push(text),
      () => undefined,
    );
    onTestFinished(async () => {
      await subscription.close();
      client.destroy();
      await server[Symbol.asyncDispose]();
    });
    client.destroy();
    await expect.poll(() => server.info('connected_clients')).toBe('1');
    await client.connect();
    await expectNews(client, heard);
  });
});

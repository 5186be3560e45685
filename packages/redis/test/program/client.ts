import type { Driver } from '@gosync/redis';
import { ioredis, type IoredisClient } from '@gosync/redis/ioredis';
import { nodeRedis } from '@gosync/redis/node-redis';
import type { ClientName } from './order.ts';

interface Connection {
  readonly driver: Driver;
  close(): void;
}

function ignore(): void {}

async function newIoredis(port: number): Promise<IoredisClient> {
  const { Redis } = await import('ioredis');
  return new Redis(port, '127.0.0.1');
}

async function newIovalkey(port: number): Promise<IoredisClient> {
  const { Redis } = await import('iovalkey');
  return new Redis(port, '127.0.0.1');
}

/** Connects as a user of the client would, with its own settings; a client without a listener for errors is noisy. */
export async function connect(client: ClientName, port: number): Promise<Connection> {
  if (client === 'node-redis') {
    const { createClient } = await import('redis');
    const redis = createClient({ socket: { host: '127.0.0.1', port } });
    redis.on('error', ignore);
    await redis.connect();
    return { driver: nodeRedis(redis), close: () => redis.destroy() };
  }
  const redis = client === 'ioredis' ? await newIoredis(port) : await newIovalkey(port);
  redis.on('error', ignore);
  return { driver: ioredis(redis), close: () => redis.disconnect() };
}

import { Session, SharedWeighted } from '@gosync/redis';
import { ioredis } from '@gosync/redis/ioredis';
import Bottleneck from 'bottleneck';
import { Redis } from 'ioredis';
import { createLock, IoredisAdapter } from 'redlock-universal';
import { Semaphore } from 'redis-semaphore';

/** One client of a library at one semaphore of limit 1. */
export interface Party {
  readonly client: Redis;
  /** Resolves when it is granted, with what gives it back. */
  take(): Promise<() => Promise<unknown>>;
  close(): Promise<void>;
}

export interface Contender {
  readonly name: string;
  join(port: number, semaphore: string): Party;
}

/** Of all libraries alike, in milliseconds. */
const lease = 10_000;
/** Longer than any wait here, in milliseconds. */
const patience = 60_000;

/** A client that goes on when its server is gone. */
export function connect(port: number): Redis {
  const client = new Redis(port, '127.0.0.1');
  client.on('error', () => undefined);
  return client;
}

const gosync: Contender = {
  name: '@gosync/redis',
  join(port, name) {
    const client = connect(port);
    // The server has just started, and nothing was granted before.
    const session = new Session(ioredis(client), { lease, learning: false });
    const semaphore = new SharedWeighted(session, name, 1);
    return {
      client,
      async take() {
        const permit = await semaphore.permit();
        return () => permit.release();
      },
      async close() {
        await session.close();
        client.disconnect();
      },
    };
  },
};

const redisSemaphore: Contender = {
  name: 'redis-semaphore',
  join(port, name) {
    const client = connect(port);
    return {
      client,
      async take() {
        const semaphore = new Semaphore(client, name, 1, {
          lockTimeout: lease,
          acquireTimeout: patience,
        });
        await semaphore.acquire();
        return () => semaphore.release();
      },
      async close() {
        client.disconnect();
      },
    };
  },
};

const redlockUniversal: Contender = {
  name: 'redlock-universal',
  join(port, key) {
    const client = connect(port);
    const lock = createLock({
      adapter: new IoredisAdapter(client),
      key,
      ttl: lease,
      retryAttempts: 100_000,
    });
    return {
      client,
      async take() {
        const handle = await lock.acquire();
        return () => lock.release(handle);
      },
      async close() {
        client.disconnect();
      },
    };
  },
};

const bottleneck: Contender = {
  name: 'bottleneck',
  join(port, id) {
    const client = connect(port);
    const connection = new Bottleneck.IORedisConnection({ client });
    const limiter = new Bottleneck({ id, maxConcurrent: 1, connection });
    limiter.on('error', () => undefined);
    return {
      client,
      take() {
        return new Promise((resolve, reject) => {
          const job: Promise<void> = limiter.schedule(
            { expiration: patience },
            () =>
              new Promise<void>((done) => {
                resolve(() => {
                  done();
                  return job;
                });
              }),
          );
          job.catch(reject);
        });
      },
      async close() {
        await limiter.disconnect(false);
        client.disconnect();
      },
    };
  },
};

export const contenders: readonly Contender[] = [
  gosync,
  redisSemaphore,
  redlockUniversal,
  bottleneck,
];

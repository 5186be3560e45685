import { afterFunc } from '@gosync/context';
import { Redis } from 'ioredis';
import { client } from '../harness/client.ts';
import { poll } from '../harness/poll.ts';

// It knows no signals. A command that blocks has a connection of its own, which can be closed.
export const subject = client({
  library: 'ioredis',
  rejects: { canceled: 'Error', done: 'the cause' },
  open: () => {
    const redis = new Redis(process.env['REDIS_URL'] ?? '');
    const blocked = async (): Promise<number> =>
      String(await redis.client('LIST')).split('cmd=blpop').length - 1;
    return {
      answered: async ({ signal }) => {
        const stop = afterFunc(signal, () => redis.disconnect());
        await redis.get('key').finally(stop);
      },
      silent: async ({ signal }) => {
        signal.throwIfAborted();
        const connection = redis.duplicate();
        const stop = afterFunc(signal, () => connection.disconnect());
        await connection.blpop('ioredis', 0).finally(stop);
      },
      arrived: (n) => poll(async () => (await blocked()) >= n),
      idle: () => poll(async () => (await blocked()) === 0),
      close: () => redis.quit(),
    };
  },
});
